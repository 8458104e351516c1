using System.Globalization;

namespace CrankMailer.Mjml.Attributes;

/// <summary>Numbers at the start of a value, whatever follows them, and their shortest spelling.</summary>
internal static class Number
{
    /// <summary>Whole number at the start; 0 where there is none.</summary>
    public static int Int(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        var end = text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return int.TryParse(text[..end], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
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
