using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Head;

/// <summary>A named set of values that an element takes by mj-class, and defaults for the tags inside such an element.</summary>
internal sealed class MjClass : MjmlHeadComponent
{
    private static readonly AttributeTable Known = new();

    public override string Tag => "mj-class";

    public override IReadOnlyList<string> Parents { get; } = ["mj-attributes"];

    public override AttributeTable Attributes => Known;

    internal override void Apply(MjmlElement e, HeadData head)
    {
        // Read by mj-attributes.
    }
}
