using System.Globalization;

namespace CrankMailer.Mjml.Attributes;

/// <summary>Numbers at the start of a value, whatever follows them, and their shortest spelling.</summary>
internal static class Number
{
    // A width nobody means; small enough that sums and products of it stay whole numbers.
    private const long Largest = 1_000_000_000;

    /// <summary>Whole number at the start; 0 where there is none.</summary>
    public static int Int(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        var negative = text is ['-', ..];
        var number = 0L;
        for (var at = text is ['-' or '+', ..] ? 1 : 0; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            number = Math.Min(Largest, (number * 10) + (text[at] - '0'));
        }

        return (int)(negative ? -number : number);
    }

    /// <summary>Decimal number at the start; 0 where there is none.</summary>
    public static double Decimal(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        var end = text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        var point = false;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || (text[end] == '.' && !point)))
        {
            point |= text[end] == '.';
            end++;
        }

        return double.TryParse(text[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    /// <summary>Zero has no sign.</summary>
    public static string Text(double number) => (number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture);
}
