using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>Buttons of social networks, in a row or one below the other.</summary>
internal sealed class MjSocial : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        Align = Known.Add("align", AttributeType.OneOf("left", "right", "center"), "center"),
        Border = Known.Add("border", AttributeType.Text),
        BorderRadius = Known.Add("border-radius", AttributeType.Text, "3px"),
        ContainerBackgroundColor = Known.Add("container-background-color", AttributeType.Color),
        Color = Known.Add("color", AttributeType.Color, "#333333"),
        FontFamily = Known.Add("font-family", AttributeType.Text, "Ubuntu, Helvetica, Arial, sans-serif"),
        FontSize = Known.Add("font-size", AttributeType.Pixels, "13px"),
        FontStyle = Known.Add("font-style", AttributeType.Text),
        FontWeight = Known.Add("font-weight", AttributeType.Text),
        IconSize = Known.Add("icon-size", AttributeType.Length, "20px"),
        IconHeight = Known.Add("icon-height", AttributeType.Length),
        IconPadding = Known.Add("icon-padding", AttributeType.Lengths),
        InnerPadding = Known.Add("inner-padding", AttributeType.Lengths),
        LineHeight = Known.Add("line-height", AttributeType.LineHeight, "22px"),
        Mode = Known.Add("mode", AttributeType.OneOf("horizontal", "vertical"), "horizontal"),
        TableLayout = Known.Add("table-layout", AttributeType.OneOf("auto", "fixed")),
        TextPadding = Known.Add("text-padding", AttributeType.Lengths),
        TextDecoration = Known.Add("text-decoration", AttributeType.Text, "none"),
        VerticalAlign = Known.Add("vertical-align", AttributeType.OneOf("top", "bottom", "middle"));

    private static readonly Inherited ToElements = new(
        (Border, MjSocialElement.Border), (BorderRadius, MjSocialElement.BorderRadius), (Color, MjSocialElement.Color), (FontFamily, MjSocialElement.FontFamily),
        (FontSize, MjSocialElement.FontSize), (FontStyle, MjSocialElement.FontStyle), (FontWeight, MjSocialElement.FontWeight),
        (IconHeight, MjSocialElement.IconHeight), (IconPadding, MjSocialElement.IconPadding), (IconSize, MjSocialElement.IconSize),
        (LineHeight, MjSocialElement.LineHeight), (TextDecoration, MjSocialElement.TextDecoration),
        (InnerPadding, MjSocialElement.Padding.All), (TextPadding, MjSocialElement.TextPadding));

    static MjSocial() => Known.AddPadding("10px 25px");

    public override string Tag => "mj-social";

    public override IReadOnlyList<string> Parents { get; } = ["mj-column", "mj-hero"];

    public override AttributeTable Attributes => Known;

    public override void Render(MjmlElement e, MjmlPage page)
    {
        var inherited = ToElements.Of(e);
        foreach (var child in e.Children)
        {
            page.Prepare(child, child.Component is MjSocialElement ? inherited : null);
        }

        if (e[Mode] == "horizontal")
        {
            RenderRow(e, page);
        }
        else
        {
            RenderColumn(e, page);
        }
    }

    private static void RenderRow(MjmlElement e, MjmlPage page)
    {
        var html = page.Html;
        html.BeginMso().Tag("table").Attribute("align", e[Align])
            .Raw(" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\"><tr>").EndMso();
        foreach (var child in e.Children)
        {
            if (child.Component is null or { IsRaw: true })
            {
                page.Render(child, e.Width);
                continue;
            }

            html.Mso("<td>").Line().Tag("table").Attribute("align", e[Align])
                .Raw(" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"float:none;display:inline-table;\"><tbody>").Line();
            page.Render(child, e.Width);
            html.Raw("</tbody></table>").Line().Mso("</td>");
        }

        html.Mso("</tr></table>");
    }

    private static void RenderColumn(MjmlElement e, MjmlPage page)
    {
        page.Html.LayoutTable().Raw(" style=\"margin:0px;\"><tbody>").Line();
        page.RenderChildren(e, e.Width);
        page.Html.Raw("</tbody></table>");
    }
}
