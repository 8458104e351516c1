using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Components;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Head;

/// <summary>The name of the document: title of the page, and label for screen readers. The last one holds.</summary>
internal sealed class MjTitle : MjmlHeadComponent
{
    private static readonly AttributeTable Known = new();

    public override string Tag => "mj-title";

    public override IReadOnlyList<string> Parents { get; } = ["mj-head"];

    public override AttributeTable Attributes => Known;

    public override MjmlContent Content => MjmlContent.Html;

    internal override void Apply(MjmlElement e, HeadData head) => head.Title = e.Content.ToString();
}
