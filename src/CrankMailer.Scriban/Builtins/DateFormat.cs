using System.Globalization;
using System.Text;
using CrankMailer.Scriban.Evaluation;
using CrankMailer.Scriban.Syntax;

namespace CrankMailer.Scriban.Builtins;

/// <summary>Dates as text by the letters of strftime. <c>%g</c> writes nothing and switches to the invariant culture.</summary>
internal static class DateFormat
{
    public static string Format(DateTime date, string pattern, CultureInfo culture, Budget budget, SourceSpan span)
    {
        if (pattern == "%g") pattern = "%g " + DateFunctions.DefaultFormat;
        var result = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (result.Length > budget.Limits.TextLength) budget.ChargeText(result.Length, span);
            if (pattern[i] != '%' || i + 1 >= pattern.Length)
            {
                result.Append(pattern[i]);
                continue;
            }
            var letter = pattern[++i];
            if (letter == 'g') culture = CultureInfo.InvariantCulture;
            else if (PartOrError(letter, date, culture, span) is { } part) result.Append(part);
            else result.Append('%').Append(letter);
        }
        return result.ToString();
    }

    private static string? PartOrError(char letter, DateTime date, CultureInfo culture, SourceSpan span)
    {
        try
        {
            return Part(letter, date, culture);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw span.Error($"The date is outside of the calendar of `{culture.Name}`");
        }
    }

    private static string? Part(char letter, DateTime date, CultureInfo culture) => letter switch
    {
        'a' => date.ToString("ddd", culture),
        'A' => date.ToString("dddd", culture),
        'b' or 'h' => date.ToString("MMM", culture),
        'B' => date.ToString("MMMM", culture),
        'c' => date.ToString("ddd MMM dd HH:mm:ss yyyy", culture),
        'C' => (date.Year / 100).ToString("D2", culture),
        'd' => date.ToString("dd", culture),
        'D' => date.ToString("MM/dd/yy", CultureInfo.InvariantCulture),
        'e' => date.Day.ToString(culture).PadLeft(2),
        'F' => date.ToString("yyyy-MM-dd", culture),
        'H' => date.ToString("HH", culture),
        'I' => date.ToString("hh", culture),
        'j' => date.DayOfYear.ToString("D3", culture),
        'k' => date.Hour.ToString(culture).PadLeft(2),
        'l' => date.ToString("%h", culture).PadLeft(2),
        'L' => date.ToString("fff", culture),
        'm' => date.ToString("MM", culture),
        'M' => date.ToString("mm", culture),
        'n' => "\n",
        'N' => (date.Ticks % TimeSpan.TicksPerSecond * 100).ToString("D9", culture),
        'p' => date.Hour < 12 ? "AM" : "PM",
        'P' => date.Hour < 12 ? "am" : "pm",
        'r' => date.ToString("hh:mm:ss ", culture) + (date.Hour < 12 ? "AM" : "PM"),
        'R' => date.ToString("HH:mm", culture),
        's' => ((date.ToUniversalTime().Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond).ToString(culture),
        'S' => date.ToString("ss", culture),
        't' => "\t",
        'T' => date.ToString("HH:mm:ss", culture),
        'u' => (date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek).ToString(culture),
        'U' => Week(date, culture, DayOfWeek.Sunday).ToString("D2", culture),
        'v' => date.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2) + date.ToString("-MMM-yyyy", CultureInfo.InvariantCulture).ToUpperInvariant(),
        'V' => ISOWeek.GetWeekOfYear(date).ToString("D2", culture),
        'W' => Week(date, culture, DayOfWeek.Monday).ToString("D2", culture),
        'w' => ((int)date.DayOfWeek).ToString(culture),
        'x' => date.ToString("d", culture),
        'X' => date.ToString("T", culture),
        'y' => date.ToString("yy", culture),
        'Y' => date.ToString("yyyy", culture),
        'Z' => date.ToString("zzz", culture),
        '%' => "%",
        _ => null,
    };

    private static int Week(DateTime date, CultureInfo culture, DayOfWeek first) =>
        culture.Calendar.GetWeekOfYear(date, CalendarWeekRule.FirstDay, first);
}
