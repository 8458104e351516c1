using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>Empty room.</summary>
internal sealed class MjSpacer : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute Height = Known.Add("height", AttributeType.Length, "20px");

    static MjSpacer()
    {
        Known.AddBorder();
        Known.Add("container-background-color", AttributeType.Color);
        Known.AddPadding();
        Known.AddUnlisted("align");
    }

    public override string Tag => "mj-spacer";

    public override IReadOnlyList<string> Parents { get; } = ["mj-column", "mj-hero"];

    public override AttributeTable Attributes => Known;

    // The thin space keeps clients from folding an empty block away.
    public override void Render(MjmlElement e, MjmlPage page) =>
        page.Html.Tag("div").Style("height", e[Height]).Style("line-height", e[Height]).Close().Raw("&#8202;</div>");
}
