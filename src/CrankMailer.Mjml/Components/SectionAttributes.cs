using CrankMailer.Mjml.Attributes;

namespace CrankMailer.Mjml.Components;

/// <summary>What mj-section and mj-wrapper both take.</summary>
internal sealed class SectionAttributes
{
    public SectionAttributes()
    {
        var table = Table;
        BackgroundColor = table.Add("background-color", AttributeType.Color);
        BackgroundUrl = table.Add("background-url", AttributeType.Text);
        BackgroundRepeat = table.Add("background-repeat", AttributeType.OneOf("repeat", "no-repeat"), "repeat");
        BackgroundSize = table.Add("background-size", AttributeType.Text, "auto");
        BackgroundPosition = table.Add("background-position", AttributeType.Text, "top center");
        BackgroundPositionX = table.Add("background-position-x", AttributeType.Text);
        BackgroundPositionY = table.Add("background-position-y", AttributeType.Text);
        Border = table.AddBorder();
        BorderRadius = table.Add("border-radius", AttributeType.Text);
        Direction = table.Add("direction", AttributeType.OneOf("ltr", "rtl"), "ltr");
        FullWidth = table.Add("full-width", AttributeType.OneOf("full-width", "false", ""));
        Gutter = table.Add("gutter", AttributeType.Length);
        Padding = table.AddPadding("20px 0");
        TextAlign = table.Add("text-align", AttributeType.OneOf("left", "center", "right"), "center");
        TextPadding = table.Add("text-padding", AttributeType.Lengths, "4px 4px 4px 0");
        Align = table.AddUnlisted("align");
    }

    public AttributeTable Table { get; } = new();

    public MjmlAttribute BackgroundColor { get; }

    public MjmlAttribute BackgroundUrl { get; }

    public MjmlAttribute BackgroundRepeat { get; }

    public MjmlAttribute BackgroundSize { get; }

    /// <summary>One or two of left, center, right, top, bottom, lengths, percentages.</summary>
    public MjmlAttribute BackgroundPosition { get; }

    public MjmlAttribute BackgroundPositionX { get; }

    public MjmlAttribute BackgroundPositionY { get; }

    public Sides Border { get; }

    public MjmlAttribute BorderRadius { get; }

    /// <summary>Order of the columns.</summary>
    public MjmlAttribute Direction { get; }

    /// <summary>full-width: the background goes from edge to edge of the window.</summary>
    public MjmlAttribute FullWidth { get; }

    /// <summary>Room between the columns.</summary>
    public MjmlAttribute Gutter { get; }

    public Sides Padding { get; }

    public MjmlAttribute TextAlign { get; }

    public MjmlAttribute TextPadding { get; }

    /// <summary>Of the cell around the section in a wrapper.</summary>
    public MjmlAttribute Align { get; }
}
