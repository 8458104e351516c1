using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>The width of a column or group: as written, else an even share of the row.</summary>
internal readonly struct ColumnWidth
{
    private readonly MjmlElement e;
    private readonly CssLength length;

    public ColumnWidth(MjmlElement e, MjmlAttribute width)
    {
        this.e = e;
        IsGiven = e[width] is { Length: > 0 };
        var share = new CssLength(100d / e.SiblingCount, true);
        length = e[width] is { Length: > 0 } own ? CssLength.Parse(own) : share;
    }

    public bool IsGiven { get; }

    public bool IsPercent => length.IsPercent;

    /// <summary>px of the room in the row. Only percentages keep a fraction.</summary>
    public double Exact => !IsGiven ? Math.Truncate(e.Width / e.SiblingCount)
        : length.IsPercent ? e.Width * length.Value / 100
        : length.Value;

    /// <summary>Whole px, for Outlook.</summary>
    public double Whole => length.IsPercent ? Gutter.RoundHalfUp(e.Width * length.Value / 100) : length.Value;

    /// <summary>What of the row a column in a group keeps on phones.</summary>
    public string OnPhone()
    {
        if (e.Gutter is { } gutter)
        {
            return Gutter.Short(length.IsPercent ? WithoutGutter(gutter) : WithoutGutter(gutter) / Math.Truncate(e.Width) * 100) + "%";
        }

        return !IsGiven ? $"{100 / e.SiblingCount}%"
            : length.IsPercent ? Number.Text(length.Value) + "%"
            : Gutter.Short(length.Value / Math.Truncate(e.Width) * 100) + "%";
    }

    /// <summary>The same for a group: a percentage is not rounded.</summary>
    public double WholeOfGroup => length.IsPercent ? e.Width * length.Value / 100 : length.Value;

    /// <summary>Registers the rules for wide screens; returns the classes that stand for them.</summary>
    public string Register(MediaQueries queries)
    {
        var gutter = e.Gutter;
        if (gutter is null && queries.ClassOf(length) is { } before)
        {
            return before;
        }

        var text = gutter is null ? Number.Text(length.Value)
            : Gutter.Short(WithoutGutter(gutter));
        var unit = length.IsPercent ? "%" : "px";
        var name = $"mj-column-{(length.IsPercent ? "per" : "px")}-{text.Replace('.', '-')}";
        queries.Add(name, $"{{ width:{text}{unit} !important; max-width: {text}{unit}; }}");
        if (gutter is null)
        {
            queries.Remember(length, name);
            return name;
        }

        var gutterName = gutter.ClassName(e.Width, length.IsPercent);
        if (!gutter.InGroup)
        {
            queries.Add(gutterName, $"{{ padding: {gutter.BesideColumn(e.Width, length.IsPercent)} !important; }}");
        }

        return $"{name} {gutterName}";
    }

    /// <summary>Registers the rule for a group, which has no part in gutters; its class tells whole numbers only.</summary>
    public string RegisterGroup(MediaQueries queries)
    {
        var unit = length.IsPercent ? "%" : "px";
        var text = Number.Text(length.Value);
        var name = $"mj-column-{(length.IsPercent ? "per" : "px")}-{Number.Text(Math.Truncate(length.Value))}";
        queries.Add(name, $"{{ width:{text}{unit} !important; max-width: {text}{unit}; }}");
        return name;
    }

    private double WithoutGutter(Gutter gutter) => gutter.Narrow(length.Value, length.IsPercent, e.Width);
}
