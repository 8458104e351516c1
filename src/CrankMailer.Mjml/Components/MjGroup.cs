using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>Columns that stay beside each other on phones.</summary>
internal sealed class MjGroup : MjmlComponent, IColumn
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        BackgroundColor = Known.Add("background-color", AttributeType.Color),
        Direction = Known.Add("direction", AttributeType.OneOf("ltr", "rtl"), "ltr"),
        VerticalAlign = Known.Add("vertical-align", AttributeType.OneOf("top", "bottom", "middle")),
        Width = Known.Add("width", AttributeType.Length);

    private static readonly Sides Padding = Known.AddUnlistedSides("padding");

    static MjGroup() => Known.AddUnlisted("align");

    public override string Tag => "mj-group";

    public override IReadOnlyList<string> Parents { get; } = ["mj-section"];

    public override AttributeTable Attributes => Known;

    public void StyleOutlookCell(MjmlElement e, HtmlWriter html) =>
        html.Style("vertical-align", e[VerticalAlign]).Style("width", new ColumnWidth(e, Width).WholeOfGroup, "px");

    public override void Render(MjmlElement e, MjmlPage page)
    {
        var html = page.Html;
        var width = new ColumnWidth(e, Width);
        var classes = width.RegisterGroup(page.Widths) + " mj-outlook-group-fix";
        html.Tag("div").Class(classes, e.CssClass)
            .Style("font-size", "0").Style("line-height", "0").Style("text-align", "left").Style("display", "inline-block")
            .Style("width", "100%").Style("direction", e[Direction]).Style("vertical-align", e[VerticalAlign])
            .Style("background-color", e[BackgroundColor]).Close().Line();
        html.BeginMso().LayoutTable().Attribute("bgcolor", e[BackgroundColor] == "none" ? null : e[BackgroundColor])
            .Close().Raw("<tr>").EndMso();
        RenderColumns(e, page, width.Exact - Padding.Horizontal(e));
        html.Mso("</tr></table>").Line().Raw("</div>").Line();
    }

    private static void RenderColumns(MjmlElement e, MjmlPage page, double width)
    {
        var html = page.Html;
        ColumnRow.Place(e, page, e.Gutter?.Text, e[Direction] == "rtl");
        foreach (var child in e.Children)
        {
            if (child.Component is null or { IsRaw: true })
            {
                page.Render(child, width);
                continue;
            }

            child.Width = width;
            html.BeginMso().Tag("td").Style("align", ColumnRow.Align(child));
            if (child.Component is IColumn column)
            {
                column.StyleOutlookCell(child, html);
            }

            html.Close().EndMso().Line();
            page.Render(child, width);
            html.Mso("</td>");
        }
    }
}
