using System.Globalization;

namespace CrankMailer.Public;

/// <summary>A publication's accent colour, moved in lightness until text of it can be read on our papers (R143: 4.5 to 1).</summary>
internal static class Accent
{
    private const double Needed = 4.6;

    // Thin light strokes on a dark ground need more than the rule asks for.
    private const double NeededOnDark = 6;
    private static readonly (double R, double G, double B) White = (1, 1, 1);
    private static readonly (double R, double G, double B) DarkPaper = (0x1b / 255.0, 0x1e / 255.0, 0x23 / 255.0);
    private static readonly (double R, double G, double B) Standard = (0x1d / 255.0, 0x4e / 255.0, 0xd8 / 255.0);

    public static string Css(string? setting)
    {
        var colour = Parse(setting) ?? Standard;
        var light = Move(colour, (0, 0, 0), White, Needed);
        var dark = Move(colour, White, DarkPaper, NeededOnDark);
        return $"\n:root {{ --accent: {Hex(light)}; }}\n@media (prefers-color-scheme: dark) {{ :root {{ --accent: {Hex(dark)}; }} }}\n";
    }

    private static (double R, double G, double B) Move((double R, double G, double B) colour, (double R, double G, double B) towards, (double R, double G, double B) paper, double needed)
    {
        for (var step = 0; step <= 20; step++)
        {
            var part = step / 20.0;
            var moved = (colour.R + (towards.R - colour.R) * part, colour.G + (towards.G - colour.G) * part, colour.B + (towards.B - colour.B) * part);
            if (Contrast(moved, paper) >= needed) return moved;
        }
        return towards;
    }

    private static double Contrast((double R, double G, double B) a, (double R, double G, double B) b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05); // WCAG 2.1, contrast ratio
    }

    private static double Luminance((double R, double G, double B) c) => 0.2126 * Linear(c.R) + 0.7152 * Linear(c.G) + 0.0722 * Linear(c.B);

    private static double Linear(double v) => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);

    // Only six hexadecimal digits: what else stands in a setting must not become CSS.
    private static (double R, double G, double B)? Parse(string? text) =>
        text is ['#', ..] && text.Length == 7 && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
            ? ((rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0) : null;

    private static string Hex((double R, double G, double B) c) => $"#{Byte(c.R):x2}{Byte(c.G):x2}{Byte(c.B):x2}";

    private static int Byte(double v) => (int)Math.Round(v * 255);
}
