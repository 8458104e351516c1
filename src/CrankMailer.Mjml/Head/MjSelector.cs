using CrankMailer.Mjml.Attributes;

namespace CrankMailer.Mjml.Head;

/// <summary>A CSS selector of mj-html-attributes.</summary>
internal sealed class MjSelector : MjmlHeadPart
{
    private static readonly AttributeTable Known = new();
    private static readonly MjmlAttribute Path = Known.Add("path", AttributeType.Text);

    public override string Tag => "mj-selector";

    public override IReadOnlyList<string> Parents { get; } = ["mj-html-attributes"];

    public override AttributeTable Attributes => Known;
}
