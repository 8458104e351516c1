using System.Globalization;
using System.Text.RegularExpressions;

namespace CrankMailer.Authoring.Drafts;

/// <summary>
/// Finds what month a draft is about, never from the file's name: month and year in the title, else in a section's heading, else the
/// heading's month with the year of the copyright line.
/// </summary>
internal static partial class PeriodFinder
{
    private static readonly Regex MonthYear = new($@"\b(?<month>{MonthNames.Pattern})\b\.?,?(?:\s+(?:de|of))?(?:\s*[-–—/]\s*{MonthNames.Pattern}\b)?\s*,?\s+(?<year>(?:19|20)\d\d)\b", RegexOptions.IgnoreCase);
    private static readonly Regex Month = new($@"\b(?<month>{MonthNames.Pattern})\b", RegexOptions.IgnoreCase);

    [GeneratedRegex(@"\b(?<year>(?:19|20)\d\d)-(?<month>0[1-9]|1[0-2])\b")]
    private static partial Regex Iso { get; }

    [GeneratedRegex(@"\b(?:19|20)\d\d\b")]
    private static partial Regex Year { get; }

    /// <param name="copyright">The copyright line.</param>
    /// <param name="body">All the rest: only asked when a December's copyright may be of the next year.</param>
    public static string? Find(string? title, IReadOnlyList<string> headings, string? copyright, IReadOnlyList<string> body, DraftReport report)
    {
        if (FindFull(title) is { } fromTitle) return fromTitle;
        if (headings.Select(FindFull).FirstOrDefault(p => p is not null) is { } fromHeading) return fromHeading;
        var month = headings.Append(title ?? "").Select(h => Month.Match(h)).FirstOrDefault(m => m.Success);
        if (month is null)
        {
            report.Warn("no-period", "No month was found in title, headings or copyright line: write the period, such as 2026-06, into the issue.");
            return null;
        }
        var number = MonthNames.Number(month.Groups["month"].Value);
        var year = headings.Append(title ?? "").Append(copyright ?? "").Select(h => Year.Match(h)).FirstOrDefault(m => m.Success)?.Value;
        if (year is null)
        {
            report.Warn("no-period", $"The month is {month.Value}, but no year was found in title, heading or copyright line: write the period, such as 2026-{number:00}, into the issue.");
            return null;
        }
        var period = Format(SentInJanuary(number, int.Parse(year, CultureInfo.InvariantCulture), body), number);
        report.Note("guessed", $"The period {period} is the month of the heading with the year of the copyright line.");
        return period;
    }

    /// <summary>Month and year in one text; null when it names none.</summary>
    public static string? FindFull(string? text)
    {
        if (text is null) return null;
        var spaced = DraftText.Spaced(text);
        if (MonthYear.Match(spaced) is { Success: true } named) return Format(int.Parse(named.Groups["year"].Value, CultureInfo.InvariantCulture), MonthNames.Number(named.Groups["month"].Value));
        return Iso.Match(spaced) is { Success: true } iso ? iso.Value : null;
    }

    /// <summary>A December issue is often sent in January and bears that year's copyright; the text tells which year it speaks of.</summary>
    private static int SentInJanuary(int month, int year, IReadOnlyList<string> body) =>
        month == 12 && Mentions(year - 1, body) > Mentions(year, body) ? year - 1 : year;

    private static int Mentions(int year, IReadOnlyList<string> body) =>
        body.Sum(line => Year.Matches(line).Count(m => m.Value == year.ToString(CultureInfo.InvariantCulture)));

    private static string Format(int year, int month) => string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}");
}
