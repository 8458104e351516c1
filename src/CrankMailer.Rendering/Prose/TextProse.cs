using System.Globalization;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CrankMailer.Rendering.Prose;

/// <summary>Writes Markdig's tree as readable plain text: real lists, quotes behind "&gt;", tables in columns, links as "words [3]".</summary>
internal sealed class TextProse(TextMedium medium, Place place, bool isLinked)
{
    public string Write(ContainerBlock blocks) => string.Join("\n\n", blocks.Select(Block).Where(b => b.Length > 0));

    public void Write(ContainerInline inlines, StringBuilder text)
    {
        foreach (var inline in inlines) Write(inline, text);
    }

    private string Block(Block block) => block switch
    {
        HeadingBlock heading => Leaf(heading) + "\n---",
        CodeBlock code => Indent(TextMedium.Text(code.Lines.ToString()).Replace(' ', Markers.HardSpace), "    ", "    "),
        ThematicBreakBlock => "* * *",
        ListBlock list => List(list),
        QuoteBlock quote => Quote(Write(quote)),
        Table table => TextTable.Write([.. table.OfType<TableRow>().Select(Cells)], RightColumns(table)),
        LinkReferenceDefinitionGroup => "",
        ContainerBlock container => Write(container),
        LeafBlock leaf => Leaf(leaf),
        _ => "",
    };

    private string Leaf(LeafBlock leaf)
    {
        var text = new StringBuilder();
        if (leaf.Inline is { } inlines) Write(inlines, text);
        return text.ToString().Trim();
    }

    private string List(ListBlock list)
    {
        var number = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
        var items = list.OfType<ListItemBlock>().Select(item =>
        {
            var marker = list.IsOrdered ? $"{number++}. " : "- ";
            var content = list.IsLoose ? Write(item) : string.Join('\n', item.Select(Block).Where(b => b.Length > 0));
            return Indent(content, marker, new string(' ', marker.Length));
        });
        return string.Join(list.IsLoose ? "\n\n" : "\n", items);
    }

    private static string Indent(string text, string first, string rest) =>
        string.Join('\n', text.Split('\n').Select((line, i) => line.Length == 0 ? "" : (i == 0 ? first : rest) + line));

    private static string Quote(string text) => string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? ">" : "> " + line));

    private IReadOnlyList<string> Cells(TableRow row) =>
        [.. row.OfType<TableCell>().Select(cell => string.Join(' ', cell.Select(Block)).Replace('\n', ' '))];

    private static HashSet<int> RightColumns(Table table) =>
        [.. table.ColumnDefinitions.Index().Where(c => c.Item.Alignment == TableColumnAlign.Right).Select(c => c.Index)];

    private void Write(Inline inline, StringBuilder text)
    {
        switch (inline)
        {
            case LiteralInline literal: text.Append(TextMedium.Text(literal.Content.ToString())); break;
            case HtmlEntityInline entity: text.Append(TextMedium.Text(entity.Transcoded.ToString())); break;
            case CodeInline code: text.Append(TextMedium.Text(code.Content)); break;
            case LineBreakInline { IsHard: true }: text.Append('\n'); break;
            case LineBreakInline: text.Append(' '); break;
            case AutolinkInline { IsEmail: true } auto: text.Append(TextMedium.Text(auto.Url)); break;
            case AutolinkInline auto: text.Append(isLinked ? TextMedium.Text(auto.Url) : medium.Address(auto.Url, place) ?? TextMedium.Text(auto.Url)); break;
            case LinkInline { IsImage: true } image: text.Append('[').Append(TextMedium.Text(PlainWords.Of(image))).Append(']'); break;
            case LinkInline link: Link(link, text); break;
            case DelimiterInline delimiter:
                text.Append(TextMedium.Text(delimiter.ToLiteral()));
                Write((ContainerInline)delimiter, text);
                break;
            case ContainerInline container: Write(container, text); break;
        }
    }

    // A link whose words are its address already says all; mail and phone addresses are short and stand behind the words.
    private void Link(LinkInline link, StringBuilder text)
    {
        var words = new StringBuilder();
        Write((ContainerInline)link, words);
        text.Append(words);
        if (isLinked) return;
        var target = link.GetDynamicUrl?.Invoke() ?? link.Url;
        if (words.ToString() == target)
        {
            medium.Address(target, place); // reports an address that may not be linked
            return;
        }
        if (medium.Link(target, place) is not var (url, number)) return;
        var bare = url[(url.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimStart('/');
        if (number is { } n) text.Append(CultureInfo.InvariantCulture, $" [{n}]");
        else if (number is null && words.ToString() != bare) text.Append(" (").Append(bare).Append(')');
    }
}
