using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>Blocks over a picture, of a height of its own (fixed-height) or of the picture's shape (fluid-height).</summary>
internal sealed class MjHero : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        Mode = Known.Add("mode", AttributeType.Text, "fixed-height"),
        Height = Known.Add("height", AttributeType.Length, "0px"),
        BackgroundUrl = Known.Add("background-url", AttributeType.Text),
        BackgroundWidth = Known.Add("background-width", AttributeType.Length),
        BackgroundHeight = Known.Add("background-height", AttributeType.Length),
        BackgroundPosition = Known.Add("background-position", AttributeType.Text, "center center"),
        BorderRadius = Known.Add("border-radius", AttributeType.Text),
        InnerBackgroundColor = Known.Add("inner-background-color", AttributeType.Color),
        BackgroundColor = Known.Add("background-color", AttributeType.Color, "#ffffff"),
        VerticalAlign = Known.Add("vertical-align", AttributeType.OneOf("top", "bottom", "middle"), "top"),
        Align = Known.AddUnlisted("align"),
        Width = Known.AddUnlisted("width");

    private static readonly Sides
        InnerPadding = Known.AddPadding(name: "inner-padding"),
        Padding = Known.AddPadding("0px");

    public override string Tag => "mj-hero";

    public override IReadOnlyList<string> Parents { get; } = ["mj-body", "mj-wrapper"];

    public override AttributeTable Attributes => Known;

    public override void Render(MjmlElement e, MjmlPage page)
    {
        var html = page.Html;
        OpenOutlook(e, html);
        html.Tag("div").Attribute("align", e[Align]).Class(e.CssClass).Style("margin", "0 auto").Style("max-width", e.WidthText).Close();
        html.LayoutTable().Style("width", "100%").Close().Raw("<tbody><tr style=\"vertical-align:top;\">");
        if (e[Mode] == "fluid-height")
        {
            RenderFluid(e, page);
        }
        else
        {
            RenderFixed(e, page);
        }

        html.Raw("</tr></tbody></table></div>").Line().Mso("</td></tr></table>").Line();
    }

    private static void OpenOutlook(MjmlElement e, HtmlWriter html)
    {
        var height = e[BackgroundHeight];
        html.BeginMso().CentredTable().Style("width", e.WidthText).Attribute("width", Math.Truncate(e.Width)).Close()
            .Raw("<tr><td style=\"line-height:0;font-size:0;mso-line-height-rule:exactly;\">")
            .Tag("v:image").Style("border", "0").Style("height", height).Style("mso-position-horizontal", "center")
            .Style("position", "absolute").Style("top", "0");
        html.Style("width", e[BackgroundWidth] is { Length: > 0 } width ? width : e.WidthText).Style("z-index", "-3").Attribute("src", e[BackgroundUrl]).Attribute("xmlns:v", "urn:schemas-microsoft-com:vml")
            .CloseVoid().EndMso().Line();
    }

    // The empty cells give the row the picture's proportions at every width.
    private static void RenderFluid(MjmlElement e, MjmlPage page)
    {
        var html = page.Html;
        var ratio = Ratio(e);
        OpenRatioCell(html, ratio);
        html.Tag("td").Attribute("background", e[BackgroundUrl]);
        StyleCell(e, html);
        html.Close().Line();
        RenderContent(e, page);
        html.Raw("</td>");
        OpenRatioCell(html, ratio);
    }

    private static void OpenRatioCell(HtmlWriter html, string ratio) => html
        .Tag("td").Style("width", "0.01%").Style("padding-bottom", ratio).Style("mso-padding-bottom-alt", "0").CloseVoid();

    // A picture without its size has no proportion; NaN% is mjml's word for it, and clients pass over it.
    private static string Ratio(MjmlElement e) =>
        e[BackgroundHeight] is { Length: > 0 } height && e[BackgroundWidth] is { Length: > 0 } width
            ? Number.Text(Gutter.RoundHalfUp(Number.Int(height) / (double)Number.Int(width) * 100)) + "%"
            : "NaN%";

    private static void RenderFixed(MjmlElement e, MjmlPage page)
    {
        var html = page.Html;
        var height = Number.Int(e[Height]) - Padding.Vertical(e);
        html.Tag("td").Attribute("background", e[BackgroundUrl]);
        StyleCell(e, html);
        html.Style("height", height, "px").Attribute("height", height).Close().Line();
        RenderContent(e, page);
        html.Raw("</td>");
    }

    private static void StyleCell(MjmlElement e, HtmlWriter html)
    {
        var background = string.IsNullOrEmpty(e[BackgroundUrl])
            ? e[BackgroundColor]
            : $"{e[BackgroundColor]} url('{e[BackgroundUrl]}') no-repeat {e[BackgroundPosition]} / cover";
        html.Style("background", background).Style("background-position", e[BackgroundPosition]).Style("background-repeat", "no-repeat")
            .Style("border-radius", e[BorderRadius])
            .Style("padding", e[Padding.All]).Style("padding-top", e[Padding.Top]).Style("padding-left", e[Padding.Left])
            .Style("padding-right", e[Padding.Right]).Style("padding-bottom", e[Padding.Bottom])
            .Style("vertical-align", e[VerticalAlign]);
    }

    private static void RenderContent(MjmlElement e, MjmlPage page)
    {
        var html = page.Html;
        var width = e.Width - Padding.Horizontal(e);
        html.BeginMso().Tag("table").Attribute("align", e[Align]).Raw(" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"")
            .Style("width", width, "px").Attribute("width", Math.Truncate(width)).Close().Raw("<tr>").Tag("td")
            .Style("background-color", e[InnerBackgroundColor]).StyleAs(e, InnerPadding, SideNames.Padding).Close().EndMso().Line();
        html.Tag("div").Attribute("align", e[Align]).Class("mj-hero-content")
            .Style("background-color", e[InnerBackgroundColor]).Style("float", e[Align]).Style("margin", "0px auto").Style("width", e[Width])
            .StyleAs(e, InnerPadding, SideNames.Padding).Close();
        html.LayoutTable().Style("width", "100%").Style("margin", "0px").Close().Raw("<tbody><tr><td>")
            .LayoutTable().Style("width", "100%").Style("margin", "0px").Close().Raw("<tbody>").Line();
        BlockCell.RenderAll(e, page, width);
        html.Raw("</tbody></table></td></tr></tbody></table></div>").Line().Mso("</td></tr></table>");
    }
}
