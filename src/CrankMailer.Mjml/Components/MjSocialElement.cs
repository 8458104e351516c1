using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>The button of one network: a picture and, where given, a text.</summary>
internal sealed class MjSocialElement : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        Align = Known.Add("align", AttributeType.OneOf("left", "center", "right"), "left"),
        IconPosition = Known.Add("icon-position", AttributeType.OneOf("left", "right"), "left"),
        BackgroundColor = Known.Add("background-color", AttributeType.Color),
        Href = Known.Add("href", AttributeType.Text),
        Name = Known.Add("name", AttributeType.Text),
        Rel = Known.Add("rel", AttributeType.Text),
        Src = Known.Add("src", AttributeType.Text),
        SrcSet = Known.Add("srcset", AttributeType.Text),
        Sizes = Known.Add("sizes", AttributeType.Text),
        Alt = Known.Add("alt", AttributeType.Text, ""),
        Title = Known.Add("title", AttributeType.Text),
        Target = Known.Add("target", AttributeType.Text, "_blank"),
        VerticalAlign = Known.Add("vertical-align", AttributeType.OneOf("top", "middle", "bottom"), "middle");

    /// <summary>What mj-social gives to all its elements.</summary>
    internal static readonly MjmlAttribute
        Border = Known.Add("border", AttributeType.Text, "0"),
        BorderRadius = Known.Add("border-radius", AttributeType.Text, "3px"),
        Color = Known.Add("color", AttributeType.Color, "#000"),
        FontFamily = Known.Add("font-family", AttributeType.Text, "Ubuntu, Helvetica, Arial, sans-serif"),
        FontSize = Known.Add("font-size", AttributeType.Pixels, "13px"),
        FontStyle = Known.Add("font-style", AttributeType.Text),
        FontWeight = Known.Add("font-weight", AttributeType.Text),
        IconSize = Known.Add("icon-size", AttributeType.Length),
        IconHeight = Known.Add("icon-height", AttributeType.Length),
        IconPadding = Known.Add("icon-padding", AttributeType.Lengths),
        LineHeight = Known.Add("line-height", AttributeType.LineHeight, "1"),
        TextPadding = Known.Add("text-padding", AttributeType.Lengths, "4px 4px 4px 0"),
        TextDecoration = Known.Add("text-decoration", AttributeType.Text, "none");

    internal static readonly Sides Padding = Known.AddPadding("4px");

    public override string Tag => "mj-social-element";

    public override IReadOnlyList<string> Parents { get; } = ["mj-social"];

    public override AttributeTable Attributes => Known;

    public override MjmlContent Content => MjmlContent.Html;

    public override void Render(MjmlElement e, MjmlPage page)
    {
        var network = SocialNetworks.Find(e[Name]);
        var link = e[Href] is { Length: > 0 } href ? network?.Link(href) ?? href : null;
        var html = page.Html;
        html.Tag("tr").Class(e.CssClass).Close();
        if (e[IconPosition] == "left")
        {
            RenderIcon(e, html, network, link);
            RenderText(e, html, link);
        }
        else
        {
            RenderText(e, html, link);
            RenderIcon(e, html, network, link);
        }

        html.Raw("</tr>").Line();
    }

    private static void RenderIcon(MjmlElement e, HtmlWriter html, SocialNetworks.SocialNetwork? network, string? link)
    {
        var size = e[IconSize];
        html.Tag("td").Style(e, Padding).Style("vertical-align", e[VerticalAlign]).Close();
        html.LayoutTable().Style("background", e[BackgroundColor] ?? network?.Color).Style("border-radius", e[BorderRadius])
            .Style("width", size).Close().Raw("<tbody><tr>");
        html.Tag("td").Style("padding", e[IconPadding]).Style("font-size", "0").Style("height", e[IconHeight] is { Length: > 0 } height ? height : size)
            .Style("vertical-align", "middle").Style("width", size).Close();
        if (link is not null)
        {
            html.Tag("a").Attribute("href", link).Attribute("rel", e[Rel]).Attribute("target", e[Target]).Close().Line();
        }

        html.Tag("img").Attribute("alt", e[Alt]).Attribute("title", e[Title])
            .Attribute("src", e[Src] is { Length: > 0 } own ? own : network?.Picture)
            .Style("border", e[Border]).Style("border-radius", e[BorderRadius]).Style("display", "block");
        html = size is null ? html : html.Attribute("width", Number.Int(size));
        html.Attribute("sizes", NullIfEmpty(e[Sizes])).Attribute("srcset", NullIfEmpty(e[SrcSet])).CloseVoid();
        html.Raw(link is null ? "" : "\n</a>").Raw("</td></tr></tbody></table></td>").Line();
    }

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static void RenderText(MjmlElement e, HtmlWriter html, string? link)
    {
        if (e.Content.IsEmpty)
        {
            return;
        }

        html.Tag("td").Style("vertical-align", "middle").Style("padding", e[TextPadding]).Style("text-align", e[Align]).Close().Line();
        html.Tag(link is null ? "span" : "a").Attribute("href", link)
            .Style("color", e[Color]).Style("font-size", e[FontSize]).Style("font-weight", e[FontWeight]).Style("font-style", e[FontStyle])
            .Style("font-family", e[FontFamily]).Style("line-height", e[LineHeight]).Style("text-decoration", e[TextDecoration]);
        if (link is not null)
        {
            html.Attribute("rel", e[Rel]).Attribute("target", e[Target]);
        }

        html.Close().Line().Raw(e.Content).Line().Raw(link is null ? "</span>" : "</a>").Line().Raw("</td>");
    }
}
