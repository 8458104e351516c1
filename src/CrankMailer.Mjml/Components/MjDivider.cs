using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>A horizontal line.</summary>
internal sealed class MjDivider : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        BorderColor = Known.Add("border-color", AttributeType.Color, "#000000"),
        BorderStyle = Known.Add("border-style", AttributeType.Text, "solid"),
        BorderWidth = Known.Add("border-width", AttributeType.Pixels, "4px"),
        Width = Known.Add("width", AttributeType.Length, "100%"),
        Align = Known.Add("align", AttributeType.OneOf("left", "center", "right"), "center");

    private static readonly Sides Padding = Known.AddPadding("10px 25px");

    static MjDivider() => Known.Add("container-background-color", AttributeType.Color);

    public override string Tag => "mj-divider";

    public override IReadOnlyList<string> Parents { get; } = ["mj-column", "mj-hero"];

    public override AttributeTable Attributes => Known;

    public override void Render(MjmlElement e, MjmlPage page)
    {
        var html = page.Html;
        html.Tag("p");
        Style(e, html).Style("width", e[Width]).Close().Raw("</p>").Line();
        var width = OutlookWidth(e);
        html.BeginMso().Tag("table").Attribute("align", e[Align]).Raw(" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"");
        Style(e, html).Style("width", width).Attribute("role", "presentation").Attribute("width", width).Close()
            .Raw("<tr><td style=\"height:0;line-height:0;\"> &nbsp;</td></tr></table>").EndMso();
    }

    private static HtmlWriter Style(MjmlElement e, HtmlWriter html) => html
        .Style("border-top", $"{e[BorderStyle]} {e[BorderWidth]} {e[BorderColor]}").Style("font-size", "1px")
        .Style("margin", e[Align] switch { "left" => "0px", "right" => "0px 0px 0px auto", _ => "0px auto" });

    private static string OutlookWidth(MjmlElement e)
    {
        var width = CssLength.Parse(e[Width] ?? "");
        var room = Math.Truncate(e.Width) - Padding.Horizontal(e);
        return width.IsPercent ? Number.Text(room * (Math.Truncate(width.Value) / 100)) + "px"
            : e[Width] ?? "";
    }
}
