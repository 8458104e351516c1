using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>A row of columns.</summary>
internal sealed class MjSection() : SectionBase(Known)
{
    private static readonly SectionAttributes Known = new();

    public override string Tag => "mj-section";

    public override IReadOnlyList<string> Parents { get; } = ["mj-body", "mj-wrapper"];

    protected override void RenderInside(MjmlElement e, MjmlPage page, double width)
    {
        var html = page.Html;
        ColumnRow.Place(e, page, e[Known.Gutter], e[Known.Direction] == "rtl");
        html.Mso("<tr>");
        foreach (var child in e.Children)
        {
            if (child.Component is null or { IsRaw: true })
            {
                page.Render(child, width);
                continue;
            }

            child.Width = width;
            html.BeginMso().Tag("td").Attribute("align", ColumnRow.Align(child)).OutlookClass(child.CssClass);
            if (child.Component is IColumn column)
            {
                column.StyleOutlookCell(child, html);
            }

            html.Close().EndMso().Line();
            page.Render(child, width);
            html.Mso("</td>");
        }

        html.Mso("</tr>");
    }
}
