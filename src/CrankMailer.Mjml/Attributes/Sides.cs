using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Attributes;

/// <summary>A shorthand with its four sides: padding, border, inner-border, ico-padding.</summary>
public sealed record Sides(MjmlAttribute All, MjmlAttribute Top, MjmlAttribute Right, MjmlAttribute Bottom, MjmlAttribute Left)
{
    /// <summary>Left and right padding in px; a percentage counts as if it were px, as in mjml.</summary>
    public int Horizontal(MjmlElement e) => Padding(e, Left, 3) + Padding(e, Right, 1);

    /// <summary>Top and bottom padding in px.</summary>
    public int Vertical(MjmlElement e) => Padding(e, Top, 0) + Padding(e, Bottom, 2);

    /// <summary>Left and right border widths in px.</summary>
    public int HorizontalBorder(MjmlElement e) => Border(e, Left) + Border(e, Right);

    /// <summary>True when the shorthand or any side has a value.</summary>
    public bool IsGiven(MjmlElement e) =>
        e[All] is not null || e[Top] is not null || e[Right] is not null || e[Bottom] is not null || e[Left] is not null;

    private int Padding(MjmlElement e, MjmlAttribute side, int place) =>
        e[side] is { Length: > 0 } own ? Number.Int(own)
        : e[All] is { Length: > 0 } all ? Shorthand(all, place)
        : 0;

    private int Border(MjmlElement e, MjmlAttribute side)
    {
        var border = e[side] is { Length: > 0 } own ? own : e[All] is { Length: > 0 } all ? all : "0";
        return BorderWidth(border);
    }

    // CSS: one value for all sides; vertical and horizontal; top, horizontal, bottom; top, right, bottom, left.
    internal static int Shorthand(string value, int place)
    {
        Span<Range> parts = stackalloc Range[5];
        var text = value.AsSpan();
        var count = text.Split(parts, ' ');
        var index = count switch { 2 => place & 1, 3 => place == 3 ? 1 : place, 4 => place, _ => 0 };
        return Number.Int(text[parts[index]]);
    }

    // The first number at the start of a word: "1px solid red", "solid 2px red".
    internal static int BorderWidth(ReadOnlySpan<char> border)
    {
        for (var i = 0; i < border.Length; i++)
        {
            if (char.IsAsciiDigit(border[i]) && (i == 0 || border[i - 1] == ' '))
            {
                return Number.Int(border[i..]);
            }
        }

        return 0;
    }
}
