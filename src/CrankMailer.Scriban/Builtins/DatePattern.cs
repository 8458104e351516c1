using System.Globalization;
using System.Text;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Builtins;

/// <summary>Reads a date by a pattern: of strftime letters, or where it has none, a .NET format such as <c>yyyyMMdd</c>.</summary>
internal static class DatePattern
{
    public static DateTime? Parse(BuiltinCall call, string text, string pattern, CultureInfo culture)
    {
        var format = pattern.Contains('%') ? Translate(call, pattern) : pattern;
        try
        {
            const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;
            return DateTime.TryParseExact(text, format, culture, Styles, out var date) ? date : default;
        }
        catch (FormatException)
        {
            throw call.Error($"The date pattern `{pattern}` is not valid");
        }
    }

    private static string Translate(BuiltinCall call, string pattern)
    {
        var format = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 >= pattern.Length)
            {
                if (char.IsWhiteSpace(pattern[i])) format.Append(pattern[i]);
                else format.Append('\\').Append(pattern[i]);
                continue;
            }
            var letter = pattern[++i];
            if (letter == 'g') continue;
            format.Append(Part(letter) ?? throw call.Error($"The date pattern `{pattern}` cannot be read by: `%{letter}` has no meaning for parsing"));
        }
        return format.ToString();
    }

    private static string? Part(char letter) => letter switch
    {
        'a' => "ddd",
        'A' => "dddd",
        'b' or 'h' => "MMM",
        'B' => "MMMM",
        'c' => "ddd MMM d HH:mm:ss yyyy",
        'd' => "dd",
        'D' => "MM/dd/yy",
        'e' => "%d",
        'F' => "yyyy-MM-dd",
        'H' => "HH",
        'I' => "hh",
        'k' => "%H",
        'l' => "%h",
        'L' => "fff",
        'm' => "MM",
        'M' => "mm",
        'n' => "\\\n",
        'N' => "fffffff",
        'p' or 'P' => "tt",
        'r' => "hh:mm:ss tt",
        'R' => "HH:mm",
        'S' => "ss",
        't' => "\\\t",
        'T' => "HH:mm:ss",
        'v' => "d-MMM-yyyy",
        'y' => "yy",
        'Y' => "yyyy",
        'Z' => "zzz",
        '%' => "\\%",
        _ => null,
    };
}
