using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Components;

namespace CrankMailer.Mjml.Head;

/// <summary>Name and value of an attribute of mj-html-attributes.</summary>
internal sealed class MjHtmlAttribute : MjmlHeadPart
{
    private static readonly AttributeTable Known = new();
    private static readonly MjmlAttribute Name = Known.Add("name", AttributeType.Text);

    public override string Tag => "mj-html-attribute";

    public override IReadOnlyList<string> Parents { get; } = ["mj-selector"];

    public override AttributeTable Attributes => Known;

    public override MjmlContent Content => MjmlContent.Html;
}
