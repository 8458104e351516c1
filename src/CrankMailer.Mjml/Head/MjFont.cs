using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Head;

/// <summary>A font by name and style sheet; linked where a style names it.</summary>
internal sealed class MjFont : MjmlHeadComponent
{
    private static readonly AttributeTable Known = new();
    private static readonly MjmlAttribute
        Name = Known.Add("name", AttributeType.Text),
        Href = Known.Add("href", AttributeType.Text);

    public override string Tag => "mj-font";

    public override IReadOnlyList<string> Parents { get; } = ["mj-head"];

    public override AttributeTable Attributes => Known;

    internal override void Apply(MjmlElement e, HeadData head)
    {
        if (e.FindGiven(Name.Name) is { } name && e.FindGiven(Href.Name) is { } href)
        {
            head.Fonts[name] = href;
        }
    }
}
