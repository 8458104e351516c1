using System.Globalization;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CrankMailer.Rendering.Prose;

/// <summary>Writes Markdig's tree as HTML that mail clients show alike: inline styles, data tables with header scopes, no class, no raw HTML.</summary>
internal sealed class HtmlProse(HtmlMedium medium, ProseStyles styles, Place place, bool isLinked)
{
    private static readonly string[] Aligned = ["left", "center", "right"];

    public void Write(ContainerBlock blocks, StringBuilder html, HeadingLevels levels, bool isTight = false)
    {
        foreach (var block in blocks)
            switch (block)
            {
                case ParagraphBlock paragraph when isTight: Leaf(paragraph, html); break;
                case ParagraphBlock paragraph: Element("p", paragraph, html); break;
                case HeadingBlock heading: Element($"h{levels.Next(heading.Level)}", heading, html); break;
                case ListBlock list: List(list, html, levels); break;
                case QuoteBlock quote: Container("blockquote", quote, html, levels); break;
                case CodeBlock code: Code(code, html); break;
                case ThematicBreakBlock: html.Append("<hr").Append(styles.Attribute("hr")).Append(">\n"); break;
                case Table table: DataTable(table, html, levels); break;
                case LinkReferenceDefinitionGroup: break;
                case ContainerBlock other: Write(other, html, levels, isTight); break;
                case LeafBlock leaf: Element("p", leaf, html); break;
            }
    }

    public void Write(ContainerInline inlines, StringBuilder html)
    {
        foreach (var inline in inlines) Write(inline, html);
    }

    private void Write(Inline inline, StringBuilder html)
    {
        switch (inline)
        {
            case LiteralInline literal: HtmlMedium.AppendText(html, literal.Content.AsSpan()); break;
            case HtmlEntityInline entity: HtmlMedium.AppendText(html, entity.Transcoded.AsSpan()); break;
            case CodeInline code: Wrapped("code", html, () => HtmlMedium.AppendText(html, code.Content)); break;
            case LineBreakInline { IsHard: true }: html.Append("<br>\n"); break;
            case LineBreakInline: html.Append('\n'); break;
            case EmphasisInline emphasis: Wrapped(emphasis.DelimiterCount == 2 ? "strong" : "em", html, () => Write((ContainerInline)emphasis, html)); break;
            case AutolinkInline auto: Link(auto.IsEmail ? "mailto:" + auto.Url : auto.Url, html, () => HtmlMedium.AppendText(html, auto.Url)); break;
            case LinkInline { IsImage: true } image: Image(image, html); break;
            case LinkInline link: Link(link.GetDynamicUrl?.Invoke() ?? link.Url, html, () => Write((ContainerInline)link, html)); break;
            case DelimiterInline delimiter:
                HtmlMedium.AppendText(html, delimiter.ToLiteral());
                Write((ContainerInline)delimiter, html);
                break;
            case ContainerInline container: Write(container, html); break;
        }
    }

    private void Wrapped(string element, StringBuilder html, Action content)
    {
        html.Append('<').Append(element).Append(styles.Attribute(element)).Append('>');
        content();
        html.Append("</").Append(element).Append('>');
    }

    private void Link(string? url, StringBuilder html, Action content)
    {
        if (isLinked || medium.Link(url, place) is not { Url: var href }) { content(); return; }
        html.Append("<a href=\"").Append(href).Append('"').Append(styles.Attribute("a")).Append('>');
        content();
        html.Append("</a>");
    }

    // The width attribute is for Outlook, which knows no max-width (R124, R128).
    private void Image(LinkInline image, StringBuilder html)
    {
        var alt = HtmlMedium.Attribute(PlainWords.Of(image));
        if (medium.Picture(image.Url) is not { } src) { html.Append(alt); return; }
        html.Append("<img src=\"").Append(src).Append("\" alt=\"").Append(alt).Append("\" width=\"").Append(styles.Width).Append('"')
            .Append(styles.Attribute("img", $"display:block;width:100%;max-width:{styles.Width}px;height:auto;border:0")).Append('>');
    }

    private void Leaf(LeafBlock leaf, StringBuilder html)
    {
        if (leaf.Inline is { } inlines) Write(inlines, html);
        html.Append('\n');
    }

    private void Element(string name, LeafBlock leaf, StringBuilder html)
    {
        html.Append('<').Append(name).Append(styles.Attribute(name)).Append('>');
        if (leaf.Inline is { } inlines) Write(inlines, html);
        html.Append("</").Append(name).Append(">\n");
    }

    private void Container(string name, ContainerBlock block, StringBuilder html, HeadingLevels levels)
    {
        html.Append('<').Append(name).Append(styles.Attribute(name)).Append(">\n");
        Write(block, html, levels);
        html.Append("</").Append(name).Append(">\n");
    }

    private void List(ListBlock list, StringBuilder html, HeadingLevels levels)
    {
        var name = list.IsOrdered ? "ol" : "ul";
        html.Append('<').Append(name);
        if (list.IsOrdered && list.OrderedStart is { } start and not "1") html.Append(" start=\"").Append(start).Append('"');
        html.Append(styles.Attribute(name)).Append(">\n");
        foreach (var item in list.OfType<ListItemBlock>())
        {
            html.Append("<li").Append(styles.Attribute("li")).Append('>');
            Write(item, html, levels, isTight: !list.IsLoose);
            html.Append("</li>\n");
        }
        html.Append("</").Append(name).Append(">\n");
    }

    private void Code(CodeBlock code, StringBuilder html)
    {
        html.Append("<pre").Append(styles.Attribute("pre")).Append('>');
        HtmlMedium.AppendText(html, code.Lines.ToString());
        html.Append("</pre>\n");
    }

    // A table an editor writes holds data, so it says so to the ear: role "table" and header cells with their scope (R142).
    private void DataTable(Table table, StringBuilder html, HeadingLevels levels)
    {
        html.Append("<table role=\"table\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"").Append(styles.Attribute("table")).Append(">\n");
        foreach (var row in table.OfType<TableRow>())
        {
            html.Append("<tr>");
            foreach (var cell in row.OfType<TableCell>()) Cell(cell, row, table, html, levels);
            html.Append("</tr>\n");
        }
        html.Append("</table>\n");
    }

    private void Cell(TableCell cell, TableRow row, Table table, StringBuilder html, HeadingLevels levels)
    {
        var name = row.IsHeader ? "th" : "td";
        var column = row.IndexOf(cell);
        var align = column < table.ColumnDefinitions.Count && table.ColumnDefinitions[column].Alignment is { } a ? "text-align:" + Aligned[(int)a] : null;
        html.Append(CultureInfo.InvariantCulture, $"<{name}{(row.IsHeader ? " scope=\"col\"" : "")}{styles.Attribute(name, align)}>");
        Write(cell, html, levels, isTight: true);
        if (html[^1] == '\n') html.Length--;
        html.Append("</").Append(name).Append('>');
    }
}
