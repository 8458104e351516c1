using System.Text;
using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace CrankMailer.Authoring.Markdown;

/// <summary>
/// Block Markdown inside the file: kept as written, but for what the file's own structure would take for itself. A heading of a
/// structural level is marked <c>{.text}</c>, a line that looks like one of our two separators gets a backslash, an open fence is closed.
/// </summary>
internal static partial class BlockText
{
    /// <summary>Stands before the items where the lead holds a list itself.</summary>
    public const string ItemsSeparator = "<!-- items -->";

    /// <summary>Stands before the tail where it could be taken for part of the last item.</summary>
    public const string TailSeparator = "<!-- tail -->";

    private const string Mark = " {.text}";

    [GeneratedRegex(@"^\\*<!-- (?:items|tail) -->[ \t]*$")]
    private static partial Regex LooksLikeSeparator { get; }

    /// <summary>True when the heading line is content and not structure.</summary>
    public static bool IsMarked(string line) => line.EndsWith(Mark, StringComparison.Ordinal);

    public static string Write(string text, bool inStories)
    {
        var lines = text.Split('\n');
        foreach (var heading in BlockParser.Parse(Holes.Mask(text)).Where(b => IsStructural(b, inStories)))
            lines[heading.Line] += Mark;
        for (var i = 0; i < lines.Length; i++)
            if (LooksLikeSeparator.IsMatch(lines[i])) lines[i] = "\\" + lines[i];
        return string.Join('\n', lines);
    }

    /// <param name="blocks">Outer blocks of the whole source.</param>
    /// <returns>The text of lines <paramref name="from"/> (inclusive) to <paramref name="to"/>; empty when there is none.</returns>
    public static string Read(MarkdownSource source, IReadOnlyList<Block> blocks, int from, int to, bool inStories)
    {
        while (from < to && InlineText.IsBlank(source.Lines[from])) from++;
        if (from >= to) return "";
        var lines = source.Lines[from..to];
        foreach (var heading in blocks.Where(b => b.Line >= from && b.Line < to && IsStructural(b, inStories)))
            if (IsMarked(lines[heading.Line - from])) lines[heading.Line - from] = lines[heading.Line - from][..^Mark.Length];
        for (var i = 0; i < lines.Length; i++)
            if (lines[i].StartsWith('\\') && LooksLikeSeparator.IsMatch(lines[i])) lines[i] = lines[i][1..];
        return string.Join('\n', lines).TrimEnd(' ', '\t', '\n');
    }

    /// <summary>The canonical form: LF, no blank lines around, no control characters, an open code fence closed.</summary>
    public static string Canonical(string? text)
    {
        if (text is null || InlineText.IsBlank(text)) return "";
        var clean = InlineText.Printable(text.ReplaceLineEndings("\n")).TrimEnd(' ', '\t', '\n');
        var start = 0;
        for (var i = 0; i < clean.Length && clean[i] is ' ' or '\t' or '\n'; i++)
            if (clean[i] == '\n') start = i + 1;
        clean = clean[start..];
        return BlockParser.Parse(Holes.Mask(clean)).LastOrDefault() is FencedCodeBlock { ClosingFencedCharCount: 0 } open
            ? new StringBuilder(clean).Append('\n').Append(open.FencedChar, open.OpeningFencedCharCount).ToString()
            : clean;
    }

    private static bool IsStructural(Block block, bool inStories) =>
        BlockParser.IsHeading(block, 2) || inStories && BlockParser.IsHeading(block, 3);
}
