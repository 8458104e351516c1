using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>A comment between elements.</summary>
internal sealed class MjComment : MjmlComponent
{
    public const string Name = "#comment";
    public static readonly MjComment Instance = new();
    private static readonly AttributeTable Known = new();

    public override string Tag => Name;

    public override IReadOnlyList<string> Parents { get; } = [];

    public override AttributeTable Attributes => Known;

    public override MjmlContent Content => MjmlContent.Html;

    internal override bool IsRaw => true;

    public override void Render(MjmlElement e, MjmlPage page) => page.Html.Raw(e.Content).Line();
}
