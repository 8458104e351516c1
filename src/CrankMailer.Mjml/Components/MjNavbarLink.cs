using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>A link of mj-navbar.</summary>
internal sealed class MjNavbarLink : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        Color = Known.Add("color", AttributeType.Color, "#000000"),
        FontFamily = Known.Add("font-family", AttributeType.Text, "Ubuntu, Helvetica, Arial, sans-serif"),
        FontSize = Known.Add("font-size", AttributeType.Pixels, "13px"),
        FontStyle = Known.Add("font-style", AttributeType.Text),
        FontWeight = Known.Add("font-weight", AttributeType.Text, "normal"),
        Href = Known.Add("href", AttributeType.Text),
        Name = Known.Add("name", AttributeType.Text),
        Target = Known.Add("target", AttributeType.Text, "_blank"),
        Rel = Known.Add("rel", AttributeType.Text),
        LetterSpacing = Known.Add("letter-spacing", AttributeType.LetterSpacing),
        LineHeight = Known.Add("line-height", AttributeType.LineHeight, "22px"),
        TextDecoration = Known.Add("text-decoration", AttributeType.Text, "none"),
        TextTransform = Known.Add("text-transform", AttributeType.Text, "uppercase");

    /// <summary>From mj-navbar: what stands before every href.</summary>
    internal static readonly MjmlAttribute BaseUrl = Known.AddUnlisted("navbarBaseUrl");

    private static readonly Sides Padding = Known.AddPadding("15px 10px");

    public override string Tag => "mj-navbar-link";

    public override IReadOnlyList<string> Parents { get; } = ["mj-navbar"];

    public override AttributeTable Attributes => Known;

    public override MjmlContent Content => MjmlContent.Html;

    public override void Render(MjmlElement e, MjmlPage page)
    {
        var html = page.Html;
        html.BeginMso().Tag("td").Style(e, Padding).OutlookClass(e.CssClass).Close().EndMso().Line();
        html.Tag("a").Class("mj-link", e.CssClass).Attribute("href", e[BaseUrl] is { Length: > 0 } start ? start + e[Href] : e[Href])
            .Attribute("rel", e[Rel]).Attribute("target", e[Target]).Attribute("name", e[Name])
            .Style("display", "inline-block").Style("color", e[Color]).Style("font-family", e[FontFamily]).Style("font-size", e[FontSize])
            .Style("font-style", e[FontStyle]).Style("font-weight", e[FontWeight]).Style("letter-spacing", e[LetterSpacing])
            .Style("line-height", e[LineHeight]).Style("text-decoration", e[TextDecoration]).Style("text-transform", e[TextTransform])
            .Style(e, Padding).Close().Line().Raw(e.Content).Line().Raw("</a>").Line();
        html.Mso("</td>");
    }
}
