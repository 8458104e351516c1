using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>A table of data; its rows are HTML.</summary>
internal sealed class MjTable : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        Align = Known.Add("align", AttributeType.OneOf("left", "right", "center"), "left"),
        Border = Known.Add("border", AttributeType.Text, "none"),
        CellPadding = Known.Add("cellpadding", AttributeType.Integer, "0"),
        CellSpacing = Known.Add("cellspacing", AttributeType.Integer, "0"),
        ContainerBackgroundColor = Known.Add("container-background-color", AttributeType.Color),
        Color = Known.Add("color", AttributeType.Color, "#000000"),
        FontFamily = Known.Add("font-family", AttributeType.Text, "Ubuntu, Helvetica, Arial, sans-serif"),
        FontSize = Known.Add("font-size", AttributeType.Pixels, "13px"),
        FontWeight = Known.Add("font-weight", AttributeType.Text),
        LineHeight = Known.Add("line-height", AttributeType.LineHeight, "22px"),
        Role = Known.Add("role", AttributeType.OneOf("none", "presentation")),
        TableLayout = Known.Add("table-layout", AttributeType.OneOf("auto", "fixed", "initial", "inherit"), "auto"),
        VerticalAlign = Known.Add("vertical-align", AttributeType.OneOf("top", "bottom", "middle")),
        Width = Known.Add("width", AttributeType.LengthOrAuto, "100%");

    static MjTable() => Known.AddPadding("10px 25px");

    public override string Tag => "mj-table";

    public override IReadOnlyList<string> Parents { get; } = ["mj-column", "mj-hero"];

    public override AttributeTable Attributes => Known;

    public override MjmlContent Content => MjmlContent.Html;

    public override void Render(MjmlElement e, MjmlPage page)
    {
        var spaced = e[CellSpacing] is { } spacing && CssLength.Parse(spacing).Value > 0;
        page.Html.Tag("table").Attribute("cellpadding", e[CellPadding]).Attribute("cellspacing", e[CellSpacing])
            .Attribute("role", e[Role]).Attribute("width", OutlookWidth(e)).Attribute("border", "0")
            .Style("color", e[Color]).Style("font-family", e[FontFamily]).Style("font-size", e[FontSize])
            .Style("line-height", e[LineHeight]).Style("table-layout", e[TableLayout]).Style("width", e[Width])
            .Style("border", e[Border]).Style("border-collapse", spaced ? "separate" : null)
            .Close().Raw(e.Content).Raw("</table>");
    }

    private static string? OutlookWidth(MjmlElement e)
    {
        var width = e[Width];
        return width is null or "auto" || width.EndsWith('%') ? width : Number.Text(CssLength.Parse(width).Value);
    }
}
