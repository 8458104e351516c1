using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>Text, as HTML.</summary>
internal sealed class MjText : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        Align = Known.Add("align", AttributeType.OneOf("left", "right", "center", "justify"), "left"),
        BackgroundColor = Known.Add("background-color", AttributeType.Color),
        Color = Known.Add("color", AttributeType.Color, "#000000"),
        FontFamily = Known.Add("font-family", AttributeType.Text, "Ubuntu, Helvetica, Arial, sans-serif"),
        FontSize = Known.Add("font-size", AttributeType.Pixels, "13px"),
        FontStyle = Known.Add("font-style", AttributeType.Text),
        FontWeight = Known.Add("font-weight", AttributeType.Text),
        Height = Known.Add("height", AttributeType.Length),
        LetterSpacing = Known.Add("letter-spacing", AttributeType.LetterSpacing),
        LineHeight = Known.Add("line-height", AttributeType.LineHeight, "1"),
        TextDecoration = Known.Add("text-decoration", AttributeType.Text),
        TextTransform = Known.Add("text-transform", AttributeType.Text),
        VerticalAlign = Known.Add("vertical-align", AttributeType.OneOf("top", "bottom", "middle"));

    static MjText()
    {
        Known.Add("container-background-color", AttributeType.Color);
        Known.AddPadding("10px 25px");
    }

    public override string Tag => "mj-text";

    public override IReadOnlyList<string> Parents { get; } = ["mj-column", "mj-hero"];

    public override AttributeTable Attributes => Known;

    public override MjmlContent Content => MjmlContent.Html;

    public override void Render(MjmlElement e, MjmlPage page)
    {
        if (e[Height] is not { Length: > 0 } height)
        {
            RenderText(e, page.Html);
            return;
        }

        // Outlook knows heights on cells only.
        page.Html.BeginMso().LayoutTable().Close().Raw("<tr>").Tag("td").Attribute("height", height)
            .Style("vertical-align", "top").Style("height", height).Close().EndMso();
        RenderText(e, page.Html);
        page.Html.Mso("</td></tr></table>");
    }

    private static void RenderText(MjmlElement e, HtmlWriter html) => html
        .Tag("div")
        .Style("font-family", e[FontFamily]).Style("font-size", e[FontSize]).Style("font-style", e[FontStyle])
        .Style("font-weight", e[FontWeight]).Style("letter-spacing", e[LetterSpacing]).Style("line-height", e[LineHeight])
        .Style("text-align", e[Align]).Style("text-decoration", e[TextDecoration]).Style("text-transform", e[TextTransform])
        .Style("color", e[Color]).Style("height", e[Height])
        .Close().Raw(e.Content).Raw("</div>");
}
