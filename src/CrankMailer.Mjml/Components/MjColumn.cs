using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>Blocks one below the other. Beside its neighbours on wide screens, below them on phones (unless in mj-group).</summary>
internal sealed class MjColumn : MjmlComponent, IColumn
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        BackgroundColor = Known.Add("background-color", AttributeType.Color),
        BorderRadius = Known.Add("border-radius", AttributeType.Text),
        Direction = Known.Add("direction", AttributeType.OneOf("ltr", "rtl"), "ltr"),
        InnerBackgroundColor = Known.Add("inner-background-color", AttributeType.Color),
        InnerBorderRadius = Known.Add("inner-border-radius", AttributeType.Text),
        VerticalAlign = Known.Add("vertical-align", AttributeType.OneOf("top", "bottom", "middle"), "top"),
        ColumnWidthAttribute = Known.Add("width", AttributeType.Length);

    private static readonly Sides
        Border = Known.AddBorder(),
        InnerBorder = Known.AddBorder(name: "inner-border"),
        Padding = Known.AddPadding();

    static MjColumn() => Known.AddUnlisted("align");

    public override string Tag => "mj-column";

    public override IReadOnlyList<string> Parents { get; } = ["mj-group", "mj-section"];

    public override AttributeTable Attributes => Known;

    public void StyleOutlookCell(MjmlElement e, HtmlWriter html)
    {
        var width = new ColumnWidth(e, ColumnWidthAttribute);
        html.Style("vertical-align", e[VerticalAlign]).Style("width", width.Whole, "px");
        if (e.Gutter is { InGroup: false } gutter)
        {
            html.Style("padding", gutter.BesideColumn(e.Width, false));
        }
    }

    public override void Render(MjmlElement e, MjmlPage page)
    {
        var html = page.Html;
        var width = new ColumnWidth(e, ColumnWidthAttribute);
        var inGroup = e.Parent?.Component is MjGroup;
        html.Tag("div").Attribute("class", Classes(e, width.Register(page.Widths)))
            .Style("font-size", "0px").Style("text-align", "left").Style("direction", e[Direction])
            .Style("display", "inline-block").Style("vertical-align", e[VerticalAlign])
            .Style("width", inGroup ? width.OnPhone() : "100%");
        if (e.Gutter is { } gutter)
        {
            html.Style("padding", inGroup ? gutter.BesideColumn(e.Width, width.IsPercent) : gutter.AboveColumn(e.Width));
        }

        html.Close().Line();
        var inner = width.Exact - Padding.Horizontal(e) - Border.HorizontalBorder(e) - InnerBorder.HorizontalBorder(e);
        if (Padding.IsGiven(e))
        {
            RenderPadded(e, page, inner);
        }
        else
        {
            RenderBlocks(e, page, inner, false);
        }

        html.Line().Raw("</div>").Line();
    }

    private static string Classes(MjmlElement e, string widths) =>
        string.IsNullOrEmpty(e.CssClass) ? widths + " mj-outlook-group-fix" : $"{widths} mj-outlook-group-fix {e.CssClass}";

    // Padding needs a cell of its own: many clients know none on tables.
    private static void RenderPadded(MjmlElement e, MjmlPage page, double width)
    {
        var html = page.Html;
        html.LayoutTable().Attribute("width", "100%").Style("border-collapse", HasRadius(e, BorderRadius) ? "separate" : null)
            .Close().Raw("<tbody><tr>").Tag("td")
            .Style("background-color", e[BackgroundColor]).Style(e, Border).Style("border-radius", e[BorderRadius])
            .Style("vertical-align", e[VerticalAlign]).Style("border-collapse", HasRadius(e, BorderRadius) ? "separate" : null)
            .Style(e, Padding).Close().Line();
        RenderBlocks(e, page, width, true);
        html.Line().Raw("</td></tr></tbody></table>");
    }

    private static void RenderBlocks(MjmlElement e, MjmlPage page, double width, bool padded)
    {
        var html = page.Html;
        html.LayoutTable().Attribute("width", "100%");
        if (padded)
        {
            html.Style("background-color", e[InnerBackgroundColor]).StyleAs(e, InnerBorder, SideNames.Border)
                .Style("border-radius", e[InnerBorderRadius]).Style("border-collapse", HasRadius(e, InnerBorderRadius) ? "separate" : null);
        }
        else
        {
            html.Style("background-color", e[BackgroundColor]).Style(e, Border).Style("border-radius", e[BorderRadius])
                .Style("border-collapse", HasRadius(e, BorderRadius) || HasRadius(e, InnerBorderRadius) ? "separate" : null)
                .Style("vertical-align", e[VerticalAlign]);
        }

        html.Close().Raw("<tbody>").Line();
        BlockCell.RenderAll(e, page, width);
        html.Raw("</tbody></table>");
    }

    private static bool HasRadius(MjmlElement e, MjmlAttribute radius) => !string.IsNullOrEmpty(e[radius]);
}
