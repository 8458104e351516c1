namespace CrankMailer.Tests.Mail;

/// <summary>A clock that stands until it is moved, timers too.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private readonly Lock timing = new();
    private readonly List<Alarm> alarms = [];
    private DateTimeOffset now = A.Day;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (timing) return now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void Advance(TimeSpan by)
    {
        List<Alarm> due;
        lock (timing)
        {
            now += by;
            due = alarms.FindAll(alarm => alarm.Due <= now);
            alarms.RemoveAll(due.Contains);
        }
        foreach (var alarm in due) alarm.Ring();
    }

    /// <summary>Moves on until the work is done.</summary>
    /// <param name="patience">Real time after a step, for what it let go on: that runs on other threads, over real sockets, and nothing tells when it is through.</param>
    /// <returns>How long that took by this clock.</returns>
    public async Task<TimeSpan> AdvanceUntilAsync(Task work, TimeSpan step, TimeSpan? patience = null)
    {
        var begun = GetUtcNow();
        for (var steps = 0; !work.IsCompleted; steps++)
        {
            Assert.True(steps < 1000, "the work never ends");
            Advance(step);
            await Task.WhenAny(work, Task.Delay(patience ?? TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken));
        }
        return GetUtcNow() - begun;
    }

    /// <summary>Rings once; nobody here needs a period.</summary>
    private sealed class Alarm(SteppedClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public void Ring() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.timing)
            {
                clock.alarms.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = clock.now + dueTime;
                clock.alarms.Add(this);
            }
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
