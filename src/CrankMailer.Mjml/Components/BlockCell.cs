using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>The row and cell that mj-column and mj-hero lay around each of their blocks.</summary>
internal static class BlockCell
{
    public static void RenderAll(MjmlElement parent, MjmlPage page, double width)
    {
        foreach (var child in parent.Children)
        {
            if (child.Component is { IsRaw: false } component)
            {
                page.Prepare(child);
                Render(child, component.Cell, page, width, parent.Component is MjHero);
            }
            else
            {
                page.Render(child, width);
            }
        }
    }

    private static void Render(MjmlElement child, CellAttributes cell, MjmlPage page, double width, bool inHero)
    {
        var html = page.Html;
        var background = cell.Background is null ? null : child[cell.Background];
        html.Raw("<tr>").Tag("td").Attribute("align", cell.Align is null ? null : child[cell.Align])
            .Attribute("background", inHero ? background : null).Class(child.CssClass).Style("background", background);

        html.Style("font-size", "0px");
        if (cell.Padding is not null)
        {
            html.Style("padding", child[cell.Padding]);
        }

        if (cell is { Top: not null, Right: not null, Bottom: not null, Left: not null })
        {
            html.Style("padding-top", child[cell.Top]).Style("padding-right", child[cell.Right])
                .Style("padding-bottom", child[cell.Bottom]).Style("padding-left", child[cell.Left]);
        }

        html.Style("word-break", "break-word").Close().Line();
        page.Render(child, width);
        html.Line().Raw("</td></tr>").Line();
    }
}
