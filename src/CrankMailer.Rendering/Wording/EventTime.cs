using System.Globalization;

namespace CrankMailer.Rendering.Wording;

/// <summary>When an event is, in words: local time as printed, with its zone (design §6).</summary>
internal static class EventTime
{
    private static readonly string[] Forms = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd H:mm"];

    /// <summary>The words, or the text as it came where it is no date; null where there is none.</summary>
    /// <param name="zone">IANA zone; printed only with a time of day.</param>
    public static string? In(Language language, string? starts, string? ends, string? zone)
    {
        if (string.IsNullOrWhiteSpace(starts)) return null;
        if (Day(starts) is { } day) return Day(ends) is { } lastDay && lastDay > day ? $"{language.FullDate(day)} – {language.FullDate(lastDay)}" : language.FullDate(day);
        if (Moment(starts) is not { } start) return starts.Trim();
        var text = $"{language.FullDate(DateOnly.FromDateTime(start))}, {language.Time(TimeOnly.FromDateTime(start))}";
        if (Moment(ends) is { } end && end > start)
            text += end.Date == start.Date
                ? $"–{language.Time(TimeOnly.FromDateTime(end))}"
                : $" – {language.FullDate(DateOnly.FromDateTime(end))}, {language.Time(TimeOnly.FromDateTime(end))}";
        return ZoneAt(start, zone) is { } label ? $"{text} ({label})" : text;
    }

    public static bool IsZone(string zone) => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _);

    // "New York, UTC−4": the city of the IANA name says more than an abbreviation, the offset settles it.
    private static string? ZoneAt(DateTime local, string? id)
    {
        if (id is null || !TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)) return id;
        var offset = zone.GetUtcOffset(local);
        var utc = offset == TimeSpan.Zero ? "UTC" : $"UTC{(offset < TimeSpan.Zero ? '−' : '+')}{Hours(offset.Duration())}";
        return id.StartsWith("Etc/", StringComparison.Ordinal) || !id.Contains('/') ? utc : $"{id[(id.LastIndexOf('/') + 1)..].Replace('_', ' ')}, {utc}";
    }

    private static string Hours(TimeSpan offset) =>
        offset.Minutes == 0 ? offset.Hours.ToString(CultureInfo.InvariantCulture) : offset.ToString("h\\:mm", CultureInfo.InvariantCulture);

    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static DateTime? Moment(string? text) =>
        DateTime.TryParseExact(text?.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment : null;
}
