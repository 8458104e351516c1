using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>
/// A band across the mail: a table of a fixed width for Outlook, a centred block for the rest; with full-width, an
/// outer table that bears the background.
/// </summary>
internal abstract class SectionBase(SectionAttributes a) : MjmlComponent
{
    private readonly SectionBackground background = new(a);

    public override AttributeTable Attributes => a.Table;

    public override void Render(MjmlElement e, MjmlPage page)
    {
        if (e[a.FullWidth] == "full-width")
        {
            RenderFullWidth(e, page);
            return;
        }

        OpenOutlookTable(e, page.Html);
        if (background.HasPicture(e))
        {
            RenderOverVml(e, page, false);
        }
        else
        {
            RenderBand(e, page, false);
        }

        page.Html.Mso("</td></tr></table>").Line();
    }

    /// <summary>Writes what stands in the band, inside a table for Outlook.</summary>
    /// <param name="width">px between the paddings and borders.</param>
    protected abstract void RenderInside(MjmlElement e, MjmlPage page, double width);

    private void RenderFullWidth(MjmlElement e, MjmlPage page)
    {
        var html = page.Html;
        html.CentredTable().Class(e.CssClass).Attribute("background", e[a.BackgroundUrl]);
        background.Style(e, html);
        html.Style("width", "100%").Close().Raw("<tbody><tr><td>").Line();
        if (background.HasPicture(e))
        {
            RenderOverVml(e, page, true);
        }
        else
        {
            OpenOutlookTable(e, html);
            RenderBand(e, page, true);
            html.Mso("</td></tr></table>");
        }

        html.Line().Raw("</td></tr></tbody></table>").Line();
    }

    private void RenderOverVml(MjmlElement e, MjmlPage page, bool fullWidth)
    {
        var html = page.Html;
        html.BeginMso();
        background.OpenVml(e, html, fullWidth);
        html.EndMso();
        if (fullWidth)
        {
            OpenOutlookTable(e, html);
        }

        RenderBand(e, page, fullWidth);
        html.Mso(fullWidth ? "</td></tr></table></v:textbox></v:rect>" : "</v:textbox></v:rect>");
    }

    private void OpenOutlookTable(MjmlElement e, HtmlWriter html)
    {
        var width = Math.Truncate(e.Width);
        html.BeginMso().CentredTable().OutlookClass(e.CssClass);
        if (e.GapAbove is { } gap)
        {
            html.Style("padding-top", gap);
        }

        html.Style("width", e.WidthText).Attribute("width", width).Attribute("bgcolor", e.IsInGap ? null : e[a.BackgroundColor]).Close()
            .Raw("<tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\">").EndMso().Line();
    }

    private void RenderBand(MjmlElement e, MjmlPage page, bool fullWidth)
    {
        var html = page.Html;
        var picture = background.HasPicture(e);
        html.Tag("div").Class(fullWidth ? null : e.CssClass);
        StyleBand(e, html, fullWidth);
        html.Close().Raw(picture ? "<div style=\"line-height:0;font-size:0;\">" : "");
        html.CentredTable().Attribute("background", fullWidth ? null : e[a.BackgroundUrl]);
        StyleTable(e, html, fullWidth);
        html.Close().Raw("<tbody><tr>").Tag("td");
        StyleCell(e, html);
        html.Close().Line().Mso("<table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\">");
        RenderInside(e, page, Math.Truncate(e.Width) - a.Padding.Horizontal(e) - a.Border.HorizontalBorder(e));
        html.Mso("</table>").Line().Raw("</td></tr></tbody></table>").Raw(picture ? "</div></div>" : "</div>").Line();
    }

    private void StyleBand(MjmlElement e, HtmlWriter html, bool fullWidth)
    {
        if (!fullWidth)
        {
            background.Style(e, html);
        }

        html.Style("margin", "0px auto").Style("max-width", e.WidthText).Style("border-radius", e[a.BorderRadius])
            .Style("overflow", HasRadius(e) ? "hidden" : null).Style("margin-top", e.GapAbove);
    }

    private void StyleTable(MjmlElement e, HtmlWriter html, bool fullWidth)
    {
        if (!fullWidth)
        {
            background.Style(e, html);
        }

        html.Style("width", "100%").Style("border-collapse", HasRadius(e) ? "separate" : null);
    }

    private void StyleCell(MjmlElement e, HtmlWriter html) => html
        .Style(e, a.Border).Style("border-radius", e[a.BorderRadius]).Style("direction", e[a.Direction])
        .Style("font-size", "0px").Style(e, a.Padding).Style("text-align", e[a.TextAlign]);

    private bool HasRadius(MjmlElement e) => !string.IsNullOrEmpty(e[a.BorderRadius]);
}
