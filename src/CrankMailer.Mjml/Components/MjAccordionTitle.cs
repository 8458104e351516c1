using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>What is always seen of an accordion's part, with the icons.</summary>
internal sealed class MjAccordionTitle : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        BackgroundColor = Known.Add("background-color", AttributeType.Color),
        Color = Known.Add("color", AttributeType.Color),
        FontSize = Known.Add("font-size", AttributeType.Pixels, "13px"),
        FontFamily = Known.Add("font-family", AttributeType.Text),
        FontWeight = Known.Add("font-weight", AttributeType.Text);

    private static readonly Sides Padding = Known.AddPadding("16px");

    internal static readonly MjmlAttribute
        Border = Known.AddUnlisted("border"),
        OuterFontFamily = Known.AddUnlisted("element-font-family");

    internal static readonly AccordionIcon Icon = new(Known, false);

    public override string Tag => "mj-accordion-title";

    public override IReadOnlyList<string> Parents { get; } = ["mj-accordion-element"];

    public override AttributeTable Attributes => Known;

    public override MjmlContent Content => MjmlContent.Html;

    public override void Render(MjmlElement e, MjmlPage page)
    {
        var html = page.Html;
        html.Raw("<div class=\"mj-accordion-title\"><table cellspacing=\"0\" cellpadding=\"0\"")
            .Style("width", "100%").Style("border-bottom", e[Border]).Close().Raw("<tbody><tr>").Line();
        if (e[Icon.Position] == "right")
        {
            RenderTitle(e, html);
            RenderIcons(e, html);
        }
        else
        {
            RenderIcons(e, html);
            RenderTitle(e, html);
        }

        html.Raw("</tr></tbody></table></div>").Line();
    }

    private static void RenderTitle(MjmlElement e, HtmlWriter html) => html
        .Tag("td").Class(e.CssClass).Style("width", "100%").Style("background-color", e[BackgroundColor]).Style("color", e[Color])
        .Style("font-size", e[FontSize]).Style("font-family", e.FindGiven(FontFamily.Name) ?? e[OuterFontFamily])
        .Style("font-weight", e[FontWeight]).Style(e, Padding).Close().Line().Raw(e.Content).Line().Raw("</td>").Line();

    private static void RenderIcons(MjmlElement e, HtmlWriter html)
    {
        html.Raw("<!--[if !mso | IE]><!-->").Raw("<td class=\"mj-accordion-ico\"").Style("padding", "16px")
            .Style("background", e[BackgroundColor]).Style("vertical-align", e[Icon.Align]).Close();
        RenderIcon(e, html, Icon.WrappedUrl, Icon.WrappedAlt, "mj-accordion-more");
        RenderIcon(e, html, Icon.UnwrappedUrl, Icon.UnwrappedAlt, "mj-accordion-less");
        html.Raw("</td><!--<![endif]-->").Line();
    }

    private static void RenderIcon(MjmlElement e, HtmlWriter html, MjmlAttribute url, MjmlAttribute alt, string name) => html
        .Tag("img").Attribute("src", e[url]).Attribute("alt", e[alt]).Attribute("class", name)
        .Style("display", "none").Style("width", e[Icon.Width]).Style("height", e[Icon.Height]).CloseVoid();
}
