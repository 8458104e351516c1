using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Components;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Head;

/// <summary>CSS for the head or, with inline="inline", for the style attributes of what its selectors find.</summary>
internal sealed class MjStyle : MjmlHeadComponent
{
    internal static readonly AttributeTable Known = new();
    internal static readonly MjmlAttribute Inline = Known.Add("inline", AttributeType.Text);

    public override string Tag => "mj-style";

    public override IReadOnlyList<string> Parents { get; } = ["mj-head"];

    public override AttributeTable Attributes => Known;

    public override MjmlContent Content => MjmlContent.Html;

    internal override void Apply(MjmlElement e, HeadData head) =>
        (e.FindGiven(Inline.Name) == "inline" ? head.InlineStyles : head.Styles).Add(e.Content.ToString());
}
