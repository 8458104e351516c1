using System.Globalization;
using CrankMailer.Mjml.Attributes;

namespace CrankMailer.Mjml.Rendering;

/// <summary>
/// The room that a section's gutter makes beside one of its columns. Each of n columns gives up (n-1)/n of the
/// gutter, half of which lies on each inner side; on phones, where columns stack, the halves lie above and below.
/// </summary>
internal sealed record Gutter(string Text, int Index, int Count, bool IsRtl, bool InGroup)
{
    public bool IsFirst => Index == 0;

    public bool IsLast => Index == Count - 1;

    /// <summary>% of the container that the whole gutter is wide.</summary>
    public double Percent(double container)
    {
        var gutter = CssLength.Parse(Text);
        return gutter.IsPercent ? gutter.Value : gutter.Value / container * 100;
    }

    /// <summary>px that the whole gutter is wide.</summary>
    public double Pixels(double container)
    {
        var gutter = CssLength.Parse(Text);
        return gutter.IsPercent ? container * gutter.Value / 100 : gutter.Value;
    }

    /// <summary>What is left of a column's width, in % or px. Of px that do not divide, the first columns keep one more.</summary>
    public double Narrow(double width, bool isPercent, double container)
    {
        var left = Math.Max(0, Rounded(width - ((isPercent ? Percent(container) : Pixels(container)) * (Count - 1) / Count)));
        var whole = Math.Floor(left);
        return isPercent ? left : whole + (Index < RoundHalfUp(Count * (left - whole)) ? 1 : 0);
    }

    /// <summary>Class of the column, for the rule that makes the room on wide screens.</summary>
    public string ClassName(double container, bool columnIsPercent)
    {
        var size = columnIsPercent ? Dashed(Percent(container)) : Dashed(RoundHalfUp(Pixels(container)));
        return $"mj-column-gutter-{Count}-{Index + 1}-{(columnIsPercent ? "per" : "px")}-{size}{(IsRtl ? "-rtl" : "")}";
    }

    /// <summary>padding beside the column.</summary>
    public string BesideColumn(double container, bool columnIsPercent)
    {
        var (before, after) = columnIsPercent ? PercentHalves(container) : PixelHalves(container);
        var unit = columnIsPercent ? "%" : "px";
        var left = IsFirst ? "0" : before;
        var right = IsLast ? "0" : after;
        return IsRtl ? $"0{unit} {left}{unit} 0{unit} {right}{unit}" : $"0{unit} {right}{unit} 0{unit} {left}{unit}";
    }

    /// <summary>padding above and below the column, for phones.</summary>
    public string AboveColumn(double container)
    {
        var (half, _) = PercentHalves(container);
        return $"{(IsFirst ? "0" : half)}% 0% {(IsLast ? "0" : half)}% 0%";
    }

    /// <summary>At most six decimals.</summary>
    public static string Short(double number)
    {
        var rounded = Rounded(number);
        return (rounded == 0 ? 0 : rounded).ToString("0.######", CultureInfo.InvariantCulture);
    }

    public static double RoundHalfUp(double number) => Math.Floor(number + 0.5);

    private static double Rounded(double number) => Math.Round(number, 6, MidpointRounding.AwayFromZero);

    private static string Dashed(double number) => Short(number).Replace('.', '-');

    private (string Before, string After) PercentHalves(double container)
    {
        var half = Short(Percent(container) / 2);
        return (half, half);
    }

    private (string Before, string After) PixelHalves(double container)
    {
        var whole = (int)RoundHalfUp(Pixels(container));
        return (Short(Math.Floor(whole / 2d)), Short(Math.Ceiling(whole / 2d)));
    }
}
