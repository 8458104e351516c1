using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>What an accordion's part opens and closes.</summary>
internal sealed class MjAccordionText : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        BackgroundColor = Known.Add("background-color", AttributeType.Color),
        FontSize = Known.Add("font-size", AttributeType.Pixels, "13px"),
        FontFamily = Known.Add("font-family", AttributeType.Text),
        FontWeight = Known.Add("font-weight", AttributeType.Text),
        LetterSpacing = Known.Add("letter-spacing", AttributeType.LetterSpacing),
        LineHeight = Known.Add("line-height", AttributeType.LineHeight, "1"),
        Color = Known.Add("color", AttributeType.Color);

    private static readonly Sides Padding = Known.AddPadding("16px");

    internal static readonly MjmlAttribute
        Border = Known.AddUnlisted("border"),
        OuterFontFamily = Known.AddUnlisted("element-font-family");

    public override string Tag => "mj-accordion-text";

    public override IReadOnlyList<string> Parents { get; } = ["mj-accordion-element"];

    public override AttributeTable Attributes => Known;

    public override MjmlContent Content => MjmlContent.Html;

    public override void Render(MjmlElement e, MjmlPage page) => page.Html
        .Raw("<div class=\"mj-accordion-content\"><table cellspacing=\"0\" cellpadding=\"0\"")
        .Style("width", "100%").Style("border-bottom", e[Border]).Close().Raw("<tbody><tr>")
        .Tag("td").Class(e.CssClass).Style("background", e[BackgroundColor]).Style("font-size", e[FontSize])
        .Style("font-family", e.FindGiven(FontFamily.Name) ?? e[OuterFontFamily]).Style("font-weight", e[FontWeight])
        .Style("letter-spacing", e[LetterSpacing]).Style("line-height", e[LineHeight]).Style("color", e[Color]).Style(e, Padding)
        .Close().Line().Raw(e.Content).Line().Raw("</td></tr></tbody></table></div>").Line();
}
