using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Head;

/// <summary>Defaults for every element.</summary>
internal sealed class MjAll : MjmlHeadComponent
{
    private static readonly AttributeTable Known = new();

    public override string Tag => "mj-all";

    public override IReadOnlyList<string> Parents { get; } = ["mj-attributes"];

    public override AttributeTable Attributes => Known;

    internal override void Apply(MjmlElement e, HeadData head)
    {
        // Read by mj-attributes.
    }
}
