namespace CrankMailer.Mail.Smtp;

/// <summary>A cancellation that comes at an instant which every phase of every message moves (R67). Moving it later only notes it: the timer, when it
/// fires too early, sets itself anew. Setting a timer for each phase would cost more than the phase.</summary>
internal sealed class Deadline : IDisposable
{
    /// <summary>Timers fire in milliseconds, and perhaps a little early.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider clock;

    /// <summary>Never disposed of: it has neither timer nor handle, and a cancellation may come late.</summary>
    private readonly CancellationTokenSource source = new();
    private readonly Lock setting = new();
    private readonly ITimer timer;
    private long due;
    private long fires = long.MaxValue;
    private bool isDisposed;

    public Deadline(TimeSpan time, TimeProvider clock)
    {
        this.clock = clock;
        timer = clock.CreateTimer(static state => ((Deadline?)state)?.Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Allow(time);
    }

    public CancellationToken Token => source.Token;

    /// <summary>From now on there is this much time, whatever there was before. What is over stays over.</summary>
    public void Allow(TimeSpan time)
    {
        lock (setting)
        {
            if (isDisposed) return;
            due = clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency);
            if (due < fires) Set(time);
        }
    }

    /// <summary>Now.</summary>
    public void Cancel() => source.Cancel();

    public void Dispose()
    {
        lock (setting) isDisposed = true;
        timer.Dispose();
    }

    private void Look()
    {
        lock (setting)
        {
            if (isDisposed) return;
            var left = clock.GetElapsedTime(clock.GetTimestamp(), due);
            if (left > TimeSpan.Zero)
            {
                Set(left);
                return;
            }
            fires = long.MaxValue;
        }
        source.Cancel();
    }

    private void Set(TimeSpan time)
    {
        fires = due;
        timer.Change(time < Least ? Least : time, Timeout.InfiniteTimeSpan);
    }
}
