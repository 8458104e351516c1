namespace CrankMailer.Model;

/// <summary>Instants as both databases can hold them: UTC, cut to microseconds when made (design §3).</summary>
public static class Instants
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMillisecond / 1000;

    /// <summary>Now, in the form that survives a round trip through either database.</summary>
    public static DateTimeOffset Instant(this TimeProvider clock) => Cut(clock.GetUtcNow());

    public static DateTimeOffset Cut(DateTimeOffset value)
    {
        var utc = value.UtcTicks;
        return new DateTimeOffset(utc - utc % TicksPerMicrosecond, TimeSpan.Zero);
    }

    public static long ToMicroseconds(DateTimeOffset value) => (value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long number) => new(DateTimeOffset.UnixEpoch.Ticks + number * TicksPerMicrosecond, TimeSpan.Zero);

    /// <summary>An instant as a parameter of hand-written SQL.</summary>
    public static object Parameter(this CrankDb db, DateTimeOffset value) =>
        db.Engine == DatabaseEngine.Sqlite ? ToMicroseconds(value) : Cut(value);
}
