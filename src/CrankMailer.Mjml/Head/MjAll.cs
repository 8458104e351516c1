using CrankMailer.Mjml.Attributes;

namespace CrankMailer.Mjml.Head;

/// <summary>Defaults for every element.</summary>
internal sealed class MjAll : MjmlHeadPart
{
    private static readonly AttributeTable Known = new();

    public override string Tag => "mj-all";

    public override IReadOnlyList<string> Parents { get; } = ["mj-attributes"];

    public override AttributeTable Attributes => Known;
}
