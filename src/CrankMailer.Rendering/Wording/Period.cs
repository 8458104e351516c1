using System.Globalization;

namespace CrankMailer.Rendering.Wording;

/// <summary>What an issue is about: a year, a month or a day (<c>2026</c>, <c>2026-06</c>, <c>2026-06-18</c>).</summary>
internal sealed record Period(int Year, int? Month, int? Day)
{
    public static Period? Find(string? text)
    {
        var clean = text?.Trim();
        return Parse(clean, "yyyy-MM-dd") is { } day ? new Period(day.Year, day.Month, day.Day)
            : Parse(clean, "yyyy-MM") is { } month ? new Period(month.Year, month.Month, null)
            : Parse(clean, "yyyy") is { } year ? new Period(year.Year, null, null)
            : null;
    }

    /// <summary>"June 2026", "18 June 2026" or "2026", in the words and order of the language.</summary>
    public string In(Language language)
    {
        var date = new DateOnly(Year, Month ?? 1, Day ?? 1);
        return Day is not null ? language.Date(date) : Month is not null ? language.MonthAndYear(date) : Year.ToString(CultureInfo.InvariantCulture);
    }

    public string? MonthIn(Language language) => Month is { } month ? language.Month(new DateOnly(Year, month, 1)) : null;

    private static DateOnly? Parse(string? text, string form) =>
        DateOnly.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
