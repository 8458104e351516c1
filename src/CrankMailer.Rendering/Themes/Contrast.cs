using System.Globalization;

namespace CrankMailer.Rendering.Themes;

/// <summary>Contrast of two colours as WCAG 2.1 §1.4.3 measures it.</summary>
internal static class Contrast
{
    /// <summary>What text of every size needs.</summary>
    public const double Text = 4.5;

    public static double Of(string first, string second)
    {
        var (a, b) = (Luminance(first), Luminance(second));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>The colour itself where it can be read on the surface, else the same hue, darker or lighter, until it can.</summary>
    public static string Readable(string color, string surface)
    {
        if (Of(color, surface) >= Text) return color;
        var (hue, saturation, lightness) = ToHsl(color);
        var step = Luminance(surface) > 0.18 ? -0.02 : 0.02;
        for (var l = lightness + step; l is > 0 and < 1; l += step)
            if (FromHsl(hue, saturation, l) is var shade && Of(shade, surface) >= Text + 0.5) return shade; // a little over, so that thin type reads too
        return Best(surface);
    }

    /// <summary>Black or white, whichever reads better on the colour.</summary>
    public static string Best(string surface) => Of("#ffffff", surface) >= Of("#000000", surface) ? "#ffffff" : "#000000";

    public static bool IsColor(string text) => text.Length == 7 && text[0] == '#' && text.AsSpan(1).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0;

    private static (double Hue, double Saturation, double Lightness) ToHsl(string color)
    {
        var (r, g, b) = (Parts(color).R / 255.0, Parts(color).G / 255.0, Parts(color).B / 255.0);
        var (max, min) = (Math.Max(r, Math.Max(g, b)), Math.Min(r, Math.Min(g, b)));
        var (lightness, span) = ((max + min) / 2, max - min);
        if (span == 0) return (0, 0, lightness);
        var hue = max == r ? (g - b) / span : max == g ? (b - r) / span + 2 : (r - g) / span + 4;
        return ((hue + 6) % 6, span / (1 - Math.Abs(2 * lightness - 1)), lightness);
    }

    private static string FromHsl(double hue, double saturation, double lightness)
    {
        var amplitude = saturation * Math.Min(lightness, 1 - lightness);
        int Part(double offset)
        {
            var k = (offset + hue * 2) % 12;
            return (int)Math.Round(255 * (lightness - amplitude * Math.Max(-1, Math.Min(Math.Min(k - 3, 9 - k), 1))));
        }
        return string.Create(CultureInfo.InvariantCulture, $"#{Part(0):x2}{Part(8):x2}{Part(4):x2}");
    }

    private static double Luminance(string color)
    {
        var (r, g, b) = Parts(color);
        return 0.2126 * Linear(r) + 0.7152 * Linear(g) + 0.0722 * Linear(b);
    }

    private static double Linear(int part)
    {
        var s = part / 255.0;
        return s <= 0.04045 ? s / 12.92 : Math.Pow((s + 0.055) / 1.055, 2.4);
    }

    private static (int R, int G, int B) Parts(string color) =>
        (Part(color, 1), Part(color, 3), Part(color, 5));

    private static int Part(string color, int at) => int.Parse(color.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
