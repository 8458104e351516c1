using System.Globalization;

namespace CrankMailer.Delivery.Campaigns;

/// <summary>A wall-clock time in a zone, as a person types it, and the instant it means.</summary>
public static class SendTime
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss"];

    /// <param name="local">Such as <c>2026-06-18T17:00</c>, what a browser's field gives.</param>
    /// <param name="zone">IANA name, such as <c>Europe/Vienna</c>.</param>
    public static bool TryParse(string local, string zone, out DateTimeOffset at, out string problem)
    {
        (at, problem) = (default, "");
        if (!DateTime.TryParseExact(local.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            problem = $"“{local}” is no time. Write it as 2026-06-18 17:00.";
        else if (time.Year is < 2000 or > 2200)
            problem = $"“{local}” lies too far away. Write a time such as 2026-06-18 17:00.";
        else if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
            problem = $"“{zone}” is no time zone. Take a name such as Europe/Vienna.";
        else if (found.IsInvalidTime(time))
            problem = $"{time:yyyy-MM-dd HH:mm} does not exist in {zone}: the clocks go forward then. Take an hour later.";
        else
            // In the doubled hour of autumn the earlier one: a mail an hour early is better than a held one.
            at = new DateTimeOffset(time, found.IsAmbiguousTime(time) ? found.GetAmbiguousTimeOffsets(time).Max() : found.GetUtcOffset(time)).ToUniversalTime();
        return problem.Length == 0;
    }

    /// <summary>The instant as shown: <c>Thursday 18 June 2026, 17:00 (Europe/Vienna)</c>.</summary>
    public static string Show(DateTimeOffset at, string zone)
    {
        var known = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found);
        var local = known && found is not null ? TimeZoneInfo.ConvertTime(at, found) : at.ToUniversalTime();
        return string.Create(CultureInfo.InvariantCulture, $"{local:dddd d MMMM yyyy, HH:mm} ({(known ? zone : "UTC")})");
    }
}
