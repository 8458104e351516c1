using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>A link that looks like a button; a paragraph where it has no href.</summary>
internal sealed class MjButton : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        Align = Known.Add("align", AttributeType.OneOf("left", "center", "right"), "center"),
        BackgroundColor = Known.Add("background-color", AttributeType.Color, "#414141"),
        BorderRadius = Known.Add("border-radius", AttributeType.Text, "3px"),
        Color = Known.Add("color", AttributeType.Color, "#ffffff"),
        ContainerBackgroundColor = Known.Add("container-background-color", AttributeType.Color),
        FontFamily = Known.Add("font-family", AttributeType.Text, "Ubuntu, Helvetica, Arial, sans-serif"),
        FontSize = Known.Add("font-size", AttributeType.Pixels, "13px"),
        FontStyle = Known.Add("font-style", AttributeType.Text),
        FontWeight = Known.Add("font-weight", AttributeType.Text, "normal"),
        Height = Known.Add("height", AttributeType.Length),
        Href = Known.Add("href", AttributeType.Text),
        Name = Known.Add("name", AttributeType.Text),
        Title = Known.Add("title", AttributeType.Text),
        LetterSpacing = Known.Add("letter-spacing", AttributeType.LetterSpacing),
        LineHeight = Known.Add("line-height", AttributeType.LineHeight, "120%"),
        Rel = Known.Add("rel", AttributeType.Text),
        Target = Known.Add("target", AttributeType.Text, "_blank"),
        TextDecoration = Known.Add("text-decoration", AttributeType.Text, "none"),
        TextTransform = Known.Add("text-transform", AttributeType.Text, "none"),
        VerticalAlign = Known.Add("vertical-align", AttributeType.OneOf("top", "bottom", "middle"), "middle"),
        TextAlign = Known.Add("text-align", AttributeType.OneOf("left", "right", "center")),
        Width = Known.Add("width", AttributeType.Length);

    private static readonly Sides
        Border = Known.AddBorder("none"),
        InnerPadding = Known.AddUnlistedSides("inner-padding", "10px 25px");

    static MjButton() => Known.AddPadding("10px 25px");

    public override string Tag => "mj-button";

    public override IReadOnlyList<string> Parents { get; } = ["mj-column", "mj-hero"];

    public override AttributeTable Attributes => Known;

    public override MjmlContent Content => MjmlContent.Html;

    public override void Render(MjmlElement e, MjmlPage page)
    {
        var html = page.Html;
        var background = e[BackgroundColor] == "none" ? null : e[BackgroundColor];
        var element = e[Href] is { Length: > 0 } ? "a" : "p";
        html.LayoutTable().Style("border-collapse", "separate").Style("width", e[Width]).Style("line-height", "100%")
            .Close().Raw("<tbody><tr>");
        html.Tag("td").Attribute("align", "center").Attribute("bgcolor", background).Attribute("role", "presentation")
            .Attribute("valign", e[VerticalAlign])
            .Style(e, Border).Style("border-radius", e[BorderRadius]).Style("cursor", "auto").Style("font-style", e[FontStyle]).Style("height", e[Height])
            .Style("mso-padding-alt", e[InnerPadding.All]).Style("text-align", e[TextAlign]).Style("background", e[BackgroundColor])
            .Close().Line();
        html.Tag(element).Attribute("href", e[Href]).Attribute("name", e[Name]).Attribute("rel", e[Rel])
            .Attribute("target", element == "a" ? e[Target] : null).Attribute("title", e[Title]);
        StyleLabel(e, html).Close().Line().Raw(e.Content).Line().Raw(element == "a" ? "</a>" : "</p>").Line();
        html.Raw("</td></tr></tbody></table>");
    }

    private static HtmlWriter StyleLabel(MjmlElement e, HtmlWriter html)
    {
        html.Style("display", "inline-block");
        if (LabelWidth(e) is { } width)
        {
            html.Style("width", width, "px");
        }

        return html.Style("background", e[BackgroundColor]).Style("color", e[Color])
            .Style("font-family", e[FontFamily]).Style("font-size", e[FontSize]).Style("font-style", e[FontStyle])
            .Style("font-weight", e[FontWeight]).Style("line-height", e[LineHeight]).Style("letter-spacing", e[LetterSpacing])
            .Style("margin", "0").Style("text-decoration", e[TextDecoration]).Style("text-transform", e[TextTransform])
            .Style("padding", e[InnerPadding.All]).Style("mso-padding-alt", "0px").Style("border-radius", e[BorderRadius]);
    }

    // Only px can be taken apart into label, padding and border.
    private static double? LabelWidth(MjmlElement e) =>
        e[Width] is { Length: > 0 } text && char.IsAsciiDigit(text[0]) && !text.EndsWith('%')
            ? CssLength.Parse(text).Value - InnerPadding.Horizontal(e) - Border.HorizontalBorder(e)
            : null;
}
