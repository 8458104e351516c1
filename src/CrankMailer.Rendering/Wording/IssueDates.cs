namespace CrankMailer.Rendering.Wording;

/// <summary>Whether what an editor wrote is a date that can be put into words.</summary>
public static class IssueDates
{
    /// <summary>A year, a month or a day: <c>2026</c>, <c>2026-06</c>, <c>2026-06-18</c>.</summary>
    public static bool IsPeriod(string text) => Period.Find(text) is not null;

    /// <summary>A day, or a day with a time: <c>2026-06-18</c>, <c>2026-06-18 17:00</c>.</summary>
    public static bool IsDayOrTime(string text) => EventTime.Day(text) is not null || EventTime.Moment(text) is not null;

    /// <summary>False where an end lies before its beginning, or one is a day and the other a time. Both must be dates.</summary>
    public static bool FitTogether(string starts, string ends) =>
        EventTime.Day(starts) is { } firstDay ? EventTime.Day(ends) is { } lastDay && lastDay >= firstDay
        : EventTime.Moment(starts) is { } start && EventTime.Moment(ends) is { } end && end >= start;

    public static bool IsZone(string zone) => EventTime.IsZone(zone);
}
