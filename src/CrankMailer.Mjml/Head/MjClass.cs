using CrankMailer.Mjml.Attributes;

namespace CrankMailer.Mjml.Head;

/// <summary>A named set of values that an element takes by mj-class, and defaults for the tags inside such an element.</summary>
internal sealed class MjClass : MjmlHeadPart
{
    private static readonly AttributeTable Known = new();

    public override string Tag => "mj-class";

    public override IReadOnlyList<string> Parents { get; } = ["mj-attributes"];

    public override AttributeTable Attributes => Known;
}
