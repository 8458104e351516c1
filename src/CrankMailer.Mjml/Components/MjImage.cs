using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>A picture as wide as its column, or as its width says.</summary>
internal sealed class MjImage : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        Alt = Known.Add("alt", AttributeType.Text, ""),
        Href = Known.Add("href", AttributeType.Text),
        Name = Known.Add("name", AttributeType.Text),
        Src = Known.Add("src", AttributeType.Text),
        SrcSet = Known.Add("srcset", AttributeType.Text),
        Sizes = Known.Add("sizes", AttributeType.Text),
        Title = Known.Add("title", AttributeType.Text),
        Rel = Known.Add("rel", AttributeType.Text),
        Align = Known.Add("align", AttributeType.OneOf("left", "center", "right"), "center"),
        BorderRadius = Known.Add("border-radius", AttributeType.Text),
        ContainerBackgroundColor = Known.Add("container-background-color", AttributeType.Color),
        FluidOnMobile = Known.Add("fluid-on-mobile", AttributeType.Boolean),
        Target = Known.Add("target", AttributeType.Text, "_blank"),
        Width = Known.Add("width", AttributeType.Pixels),
        Height = Known.Add("height", AttributeType.PixelsOrAuto, "auto"),
        MaxHeight = Known.Add("max-height", AttributeType.Length),
        FontSize = Known.Add("font-size", AttributeType.Pixels, "13px"),
        UseMap = Known.Add("usemap", AttributeType.Text),
        FullWidth = Known.AddUnlisted("full-width");

    private static readonly Sides
        Border = Known.AddBorder("0"),
        Padding = Known.AddPadding("10px 25px");

    public override string Tag => "mj-image";

    public override IReadOnlyList<string> Parents { get; } = ["mj-column", "mj-hero"];

    public override AttributeTable Attributes => Known;

    public override string HeadCss(int breakpoint) => $$"""
        @media only screen and (max-width:{{breakpoint - 1}}px) {
          table.mj-full-width-mobile { width: 100% !important; }
          td.mj-full-width-mobile { width: auto !important; }
        }
        """;

    public override void Render(MjmlElement e, MjmlPage page)
    {
        var html = page.Html;
        var room = Math.Truncate(e.Width) - Padding.Horizontal(e) - Border.HorizontalBorder(e);
        var width = e[Width] is { Length: > 0 } own && char.IsAsciiDigit(own[0]) ? Math.Min(room, Number.Int(own)) : room;
        var full = e[FullWidth] == "full-width";
        var fluid = e[FluidOnMobile] is { Length: > 0 } and not "false" ? "mj-full-width-mobile" : null;
        html.LayoutTable().Class(fluid).Style("min-width", full ? "100%" : null).Style("max-width", full ? "100%" : null);
        html = full ? html.Style("width", width, "px") : html;
        html.Style("border-collapse", "collapse").Style("border-spacing", "0px")
            .Close().Raw("<tbody><tr>").Tag("td").Class(fluid);
        html = full ? html : html.Style("width", width, "px");
        html.Close().Line();
        if (e[Href] is { Length: > 0 } href)
        {
            html.Tag("a").Attribute("href", href).Attribute("target", e[Target]).Attribute("rel", e[Rel])
                .Attribute("name", e[Name]).Attribute("title", e[Title]).Close().Line();
            RenderImage(e, html, width);
            html.Line().Raw("</a>");
        }
        else
        {
            RenderImage(e, html, width);
        }

        html.Line().Raw("</td></tr></tbody></table>");
    }

    private static void RenderImage(MjmlElement e, HtmlWriter html, double width)
    {
        var full = e[FullWidth] == "full-width";
        html.Tag("img").Attribute("alt", e[Alt]).Attribute("src", e[Src]).Attribute("srcset", e[SrcSet]).Attribute("sizes", e[Sizes])
            .Style(e, Border).Style("border-radius", e[BorderRadius]).Style("display", "block").Style("outline", "none")
            .Style("text-decoration", "none").Style("height", e[Height]).Style("max-height", e[MaxHeight])
            .Style("min-width", full ? "100%" : null).Style("width", "100%").Style("max-width", full ? "100%" : null).Style("font-size", e[FontSize])
            .Attribute("title", e[Title]).Attribute("width", width).Attribute("usemap", e[UseMap]);
        if (e[Height] is { Length: > 0 } height)
        {
            html.Attribute("height", height == "auto" ? height : Number.Text(Number.Int(height)));
        }

        html.CloseVoid();
    }
}
