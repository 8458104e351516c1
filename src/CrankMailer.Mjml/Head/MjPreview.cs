using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Components;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Head;

/// <summary>The preheader: shown behind the subject in the inbox, hidden in the mail. The last one holds.</summary>
internal sealed class MjPreview : MjmlHeadComponent
{
    private static readonly AttributeTable Known = new();

    public override string Tag => "mj-preview";

    public override IReadOnlyList<string> Parents { get; } = ["mj-head"];

    public override AttributeTable Attributes => Known;

    public override MjmlContent Content => MjmlContent.Html;

    internal override void Apply(MjmlElement e, HeadData head) => head.Preview = e.Content.ToString();
}
