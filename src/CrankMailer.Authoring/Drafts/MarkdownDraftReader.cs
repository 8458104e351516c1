using CrankMailer.Authoring.Markdown;
using Markdig;
using Markdig.Syntax;

namespace CrankMailer.Authoring.Drafts;

/// <summary>Free Markdown, in no form of ours: its headings, paragraphs and list items are the lines of the draft.</summary>
internal static class MarkdownDraftReader
{
    private static readonly MarkdownPipeline Pipeline = MakePipeline();

    public static List<DraftLine> Read(string text)
    {
        var source = text.ReplaceLineEndings("\n");
        var lines = new List<DraftLine>();
        var sourceLines = source.Split('\n');
        var blocks = MarkdownTree.Parse(source, Pipeline).Where(b => b is not LinkReferenceDefinitionGroup).OrderBy(b => b.Line).ToList();
        for (var i = 0; i < blocks.Count; i++)
        {
            var end = i + 1 < blocks.Count ? blocks[i + 1].Line : sourceLines.Length;
            Add(lines, blocks[i], sourceLines, end);
        }
        AddDefinitions(lines, source, blocks);
        return lines;
    }

    private static void Add(List<DraftLine> lines, Block block, string[] source, int end)
    {
        switch (block)
        {
            case HeadingBlock heading:
                lines.Add(Inline(DraftLineKind.Heading, Strip(heading, source), block.Line, heading.Level));
                break;
            case ListBlock list:
                for (var n = 0; n < list.Count; n++) AddItem(lines, list, (ListItemBlock)list[n], source, n + 1 < list.Count ? list[n + 1].Line : end);
                break;
            case ParagraphBlock:
                AddParagraph(lines, Slice(source, block.Line, end), block.Line);
                break;
            case ThematicBreakBlock:
                break;
            default:
                var raw = DraftText.NoHoles(string.Join('\n', Slice(source, block.Line, end)));
                lines.Add(new DraftLine(DraftLineKind.Block, raw, raw, block.Line + 1));
                break;
        }
    }

    /// <summary>A hard line break parts lines, as it does in a pasted text; a soft one does not.</summary>
    private static void AddParagraph(List<DraftLine> lines, string[] source, int line)
    {
        var text = string.Join(' ', source.Select(l => l.Trim(' ', '\t')));
        if (ImageText.Read(text) is { } image)
        {
            lines.Add(new DraftLine(DraftLineKind.Picture, text, image.Alt ?? "", line + 1) { Image = image, Original = text });
            return;
        }
        var part = "";
        for (var i = 0; i < source.Length; i++)
        {
            var hard = source[i].EndsWith("  ", StringComparison.Ordinal) || source[i].EndsWith('\\');
            part = (part + " " + source[i].Trim(' ', '\t').TrimEnd('\\')).Trim();
            if (!hard && i < source.Length - 1) continue;
            lines.Add(Inline(DraftLineKind.Text, part, line + i));
            part = "";
        }
    }

    private static void AddItem(List<DraftLine> lines, ListBlock list, ListItemBlock item, string[] source, int end)
    {
        var first = source[item.Line].TrimStart(' ', '\t');
        var marker = list.IsOrdered ? first.IndexOfAny(['.', ')']) + 1 : 1;
        var rest = Slice(source, item.Line + 1, end).Select(l => l.Trim(' ', '\t'));
        lines.Add(Inline(DraftLineKind.Item, string.Join(' ', rest.Prepend(first[marker..].Trim(' ', '\t'))), item.Line));
    }

    private static DraftLine Inline(DraftLineKind kind, string markdown, int line, int level = 0)
    {
        var clean = DraftText.NoHoles(DraftText.Clean(markdown));
        var strong = clean.Length > 4 && clean.StartsWith("**", StringComparison.Ordinal) && clean.IndexOf("**", 2, StringComparison.Ordinal) == clean.Length - 2;
        if (strong) clean = clean[2..^2];
        var plain = DraftText.Clean(Markdig.Markdown.ToPlainText("x " + clean, Pipeline))[1..].TrimStart();
        // A long dash is no list in Markdown, but it is one to the eye.
        var typed = kind == DraftLineKind.Text ? TextDraftReader.Line(plain, line + 1) : null;
        return typed is { HasLongDash: true } && clean.StartsWith(plain[..1], StringComparison.Ordinal)
            ? typed with { Markdown = clean[1..].TrimStart(' ', '\u00A0', '-') }
            : new DraftLine(kind, clean, plain, line + 1, level) { IsStrong = strong };
    }

    private static string Strip(HeadingBlock heading, string[] source)
    {
        var line = source[heading.Line].Trim(' ', '\t');
        return heading.IsSetext ? line : InlineText.ReadHeading(line.TrimStart('#').Trim(' ', '\t'));
    }

    /// <summary>Link definitions hold for the whole text; they are kept at its end.</summary>
    private static void AddDefinitions(List<DraftLine> lines, string source, List<Block> blocks)
    {
        var covered = blocks.Count == 0 ? 0 : blocks.Min(b => b.Line);
        var before = source.Split('\n').Take(covered).Where(l => !InlineText.IsBlank(l)).ToList();
        if (before.Count > 0) lines.Add(new DraftLine(DraftLineKind.Block, string.Join('\n', before), string.Join(' ', before), 1));
    }

    private static string[] Slice(string[] source, int from, int end)
    {
        while (end > from && InlineText.IsBlank(source[end - 1])) end--;
        return source[from..end];
    }

    private static MarkdownPipeline MakePipeline() => new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();
}
