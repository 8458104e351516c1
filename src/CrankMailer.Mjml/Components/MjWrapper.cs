using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>Sections on a common background.</summary>
internal sealed class MjWrapper() : SectionBase(Known)
{
    private static readonly SectionAttributes Known = new();

    /// <summary>Room between the sections.</summary>
    private static readonly MjmlAttribute Gap = Known.Table.Add("gap", AttributeType.Pixels);

    public override string Tag => "mj-wrapper";

    public override IReadOnlyList<string> Parents { get; } = ["mj-body"];

    protected override void RenderInside(MjmlElement e, MjmlPage page, double width)
    {
        var html = page.Html;
        for (var i = 0; i < e.Children.Count; i++)
        {
            var child = e.Children[i];
            if (child.Component is null or { IsRaw: true })
            {
                page.Render(child, width);
                continue;
            }

            page.Prepare(child);
            child.IsInGap = e[Gap] is not null;
            child.GapAbove = i == 0 ? null : e[Gap];
            html.BeginMso().Raw("<tr>").Tag("td").Attribute("align", ColumnRow.Align(child)).OutlookClass(child.CssClass)
                .Attribute("width", e.WidthText).Close().EndMso();
            page.Render(child, width);
            html.Mso("</td></tr>");
        }
    }
}
