using Markdig.Syntax;

namespace CrankMailer.Authoring.Markdown;

/// <summary>The items of the first list in a range of lines, each joined to one line.</summary>
internal sealed class ItemLines
{
    private readonly MarkdownSource source;

    public ItemLines(MarkdownSource source, IReadOnlyList<Block> blocks, int from, int end)
    {
        this.source = source;
        var inside = blocks.Where(b => b.Line >= from && b.Line < end).ToList();
        var first = inside.FindIndex(BlockParser.IsItemList);
        if (first < 0) { Start = End = end; return; }
        Start = End = inside[first].Line;
        for (var i = first; i < inside.Count && BlockParser.IsItemList(inside[i]); i++)
        {
            var stop = i + 1 < inside.Count ? inside[i + 1].Line : end;
            var starts = ((ListBlock)inside[i]).Select(item => item.Line).ToList();
            for (var n = 0; n < starts.Count; n++) ReadItem(starts[n], n + 1 < starts.Count ? starts[n + 1] : stop);
        }
    }

    public List<(string Text, int Line)> Items { get; } = [];

    /// <summary>Line of the first item; the end of the range when there is none.</summary>
    public int Start { get; }

    /// <summary>Line after the last item.</summary>
    public int End { get; private set; }

    private void ReadItem(int start, int stop)
    {
        End = EndOfItem(start, stop);
        var text = source.Lines[start].TrimStart(' ')[1..].Trim(' ', '\t');
        var blank = false;
        for (var i = start + 1; i < End; i++)
        {
            var more = source.Lines[i].Trim(' ', '\t');
            blank |= more.Length == 0;
            if (more.Length > 0 && blank) source.Warn("item-lines", "An item is one paragraph; its further lines were joined to it.", i);
            if (more.Length > 0) text += text.Length == 0 ? more : " " + more;
        }
        Items.Add((text, start));
    }

    /// <summary>After a blank line only indented lines belong to the item (CommonMark 5.2).</summary>
    private int EndOfItem(int start, int stop)
    {
        var end = start + 1;
        for (var i = start + 1; i < stop; i++)
        {
            var line = source.Lines[i];
            if (InlineText.IsBlank(line)) continue;
            var afterBlank = i > start + 1 && InlineText.IsBlank(source.Lines[i - 1]);
            if (afterBlank && line[0] is not (' ' or '\t')) break;
            end = i + 1;
        }
        return end;
    }
}
