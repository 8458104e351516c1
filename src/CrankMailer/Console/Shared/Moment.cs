using System.Globalization;

namespace CrankMailer.Console.Shared;

/// <summary>Instants in words.</summary>
internal static class Moment
{
    /// <summary><c>21 Nov 2026</c>.</summary>
    public static string Day(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary><c>19:04</c>.</summary>
    public static string Clock(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>3 hours ago · UTC+1</c>: the offset tells the doubled hour of autumn apart.</summary>
    public static string Hint(DateTimeOffset at, TimeZoneInfo zone, DateTimeOffset now) => $"{Relative(at, now)} · {Offset(zone.GetUtcOffset(at))}";

    /// <summary><c>3 hours ago</c>, <c>in 2 days</c>.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now)
    {
        var span = (now - at).Duration();
        var (count, unit) = span switch
        {
            { TotalSeconds: < 45 } => (0, ""),
            { TotalMinutes: < 60 } => ((int)Math.Max(1, span.TotalMinutes), "minute"),
            { TotalHours: < 24 } => ((int)span.TotalHours, "hour"),
            { TotalDays: < 31 } => ((int)span.TotalDays, "day"),
            { TotalDays: < 365 } => ((int)(span.TotalDays / 30.4), "month"),
            _ => ((int)(span.TotalDays / 365.25), "year"),
        };
        if (unit.Length == 0) return "just now";
        count = Math.Max(1, count);
        var words = $"{count.ToString(CultureInfo.InvariantCulture)} {unit}{(count == 1 ? "" : "s")}";
        return at <= now ? words + " ago" : "in " + words;
    }

    /// <summary><c>UTC−1</c>.</summary>
    public static string Offset(TimeSpan offset)
    {
        if (offset == TimeSpan.Zero) return "UTC";
        var sign = offset < TimeSpan.Zero ? "−" : "+";
        var size = offset.Duration();
        return size.Minutes == 0 ? $"UTC{sign}{size.Hours}" : $"UTC{sign}{size.Hours}:{size.Minutes:00}";
    }
}
