using CrankMailer.Mjml.Attributes;

namespace CrankMailer.Mjml.Components;

/// <summary>The pictures that show whether a part is open; set for the whole accordion or for a part.</summary>
internal sealed class AccordionIcon
{
    /// <summary>Without defaults: what a part takes from its accordion.</summary>
    public AccordionIcon(AttributeTable table, bool listed)
    {
        MjmlAttribute Add(string name, AttributeType type) => listed ? table.Add(name, type) : table.AddUnlisted(name);
        Align = Add("icon-align", AttributeType.OneOf("top", "middle", "bottom"));
        Width = Add("icon-width", AttributeType.Length);
        Height = Add("icon-height", AttributeType.Length);
        WrappedUrl = Add("icon-wrapped-url", AttributeType.Text);
        WrappedAlt = Add("icon-wrapped-alt", AttributeType.Text);
        UnwrappedUrl = Add("icon-unwrapped-url", AttributeType.Text);
        UnwrappedAlt = Add("icon-unwrapped-alt", AttributeType.Text);
        Position = Add("icon-position", AttributeType.OneOf("left", "right"));
    }

    public AccordionIcon(
        AttributeTable table, string align, string width, string height, string wrappedUrl, string wrappedAlt, string unwrappedUrl, string unwrappedAlt, string position)
    {
        Align = table.Add("icon-align", AttributeType.OneOf("top", "middle", "bottom"), align);
        Width = table.Add("icon-width", AttributeType.Length, width);
        Height = table.Add("icon-height", AttributeType.Length, height);
        WrappedUrl = table.Add("icon-wrapped-url", AttributeType.Text, wrappedUrl);
        WrappedAlt = table.Add("icon-wrapped-alt", AttributeType.Text, wrappedAlt);
        UnwrappedUrl = table.Add("icon-unwrapped-url", AttributeType.Text, unwrappedUrl);
        UnwrappedAlt = table.Add("icon-unwrapped-alt", AttributeType.Text, unwrappedAlt);
        Position = table.Add("icon-position", AttributeType.OneOf("left", "right"), position);
    }

    public MjmlAttribute Align { get; }

    public MjmlAttribute Width { get; }

    public MjmlAttribute Height { get; }

    /// <summary>Shown while the part is closed.</summary>
    public MjmlAttribute WrappedUrl { get; }

    public MjmlAttribute WrappedAlt { get; }

    /// <summary>Shown while the part is open.</summary>
    public MjmlAttribute UnwrappedUrl { get; }

    public MjmlAttribute UnwrappedAlt { get; }

    public MjmlAttribute Position { get; }

    public (MjmlAttribute From, MjmlAttribute To)[] PairsTo(AccordionIcon other) =>
    [
        (Align, other.Align), (Width, other.Width), (Height, other.Height), (WrappedUrl, other.WrappedUrl), (WrappedAlt, other.WrappedAlt),
        (UnwrappedUrl, other.UnwrappedUrl), (UnwrappedAlt, other.UnwrappedAlt), (Position, other.Position),
    ];
}
