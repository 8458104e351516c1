using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery.Pump;

/// <summary>When a deferred delivery is tried again (R81): five minutes, then half an hour, doubled up to four hours, with jitter so that a thousand
/// deferrals of one minute do not all come back in one. Pure but for the jitter.</summary>
internal sealed class RetrySchedule(IOptions<DeliveryOptions> options)
{
    /// <summary>At most this much later than the schedule, never earlier: the minima are the RFC's.</summary>
    private const double Jitter = 0.25;

    private readonly DeliveryOptions _options = options.Value;

    /// <param name="attempts">SMTP transactions so far, this one counted.</param>
    /// <param name="asked">How long the server wants to be left alone, where it says so. It may make the wait longer, never shorter, and
    /// nobody is given up sooner for it.</param>
    /// <returns>Null: the horizon is reached, it is given up.</returns>
    public TimeSpan? After(int attempts, TimeSpan? asked = null)
    {
        var total = TimeSpan.Zero;
        var wait = TimeSpan.Zero;
        for (var n = 1; n <= attempts; n++) total += wait = Step(n);
        if (total > _options.RetryHorizon) return null;
        return (asked > wait ? asked.Value : wait) * (1 + Random.Shared.NextDouble() * Jitter);
    }

    private TimeSpan Step(int n)
    {
        if (n == 1) return _options.FirstRetry;
        var wait = _options.LaterRetry * Math.Pow(2, Math.Min(n - 2, 20));
        return wait < _options.LongestRetry ? wait : _options.LongestRetry;
    }
}
