using System.Text;

namespace CrankMailer.Scriban.Builtins;

/// <summary>
/// Text without tags, in linear time whatever the text: scripts, styles and comments go with their content, of other tags only the
/// tag. A <c>&lt;</c> that opens no tag stays. It is for tidy text, not for safety: what is written into HTML is escaped.
/// </summary>
internal sealed class HtmlStrip
{
    private readonly string text;
    private readonly int[] tagEnds;
    private readonly HashSet<string> unclosed = new(StringComparer.Ordinal);

    private HtmlStrip(string text)
    {
        this.text = text;
        tagEnds = FindTagEnds(text);
    }

    public static string Strip(string text) => text.Contains('<') ? new HtmlStrip(text).Strip() : text;

    private string Strip()
    {
        var result = new StringBuilder(text.Length);
        for (var position = 0; position < text.Length;)
        {
            var open = text.IndexOf('<', position);
            if (open < 0) open = text.Length;
            result.Append(text, position, open - position);
            if (open == text.Length) break;
            position = EndOf(open);
            if (position >= 0) continue;
            result.Append('<');
            position = open + 1;
        }
        return result.ToString();
    }

    /// <summary>Behind what is to go, or -1 where the bracket opens nothing.</summary>
    private int EndOf(int open)
    {
        var end = Element(open, "<script", "</script>");
        if (end < 0) end = Element(open, "<!--", "-->");
        if (end < 0) end = Element(open, "<style", "</style>");
        if (end < 0 && tagEnds[open + 1] >= 0) end = tagEnds[open + 1] + 1;
        return end;
    }

    private int Element(int open, string start, string close)
    {
        if (string.Compare(text, open, start, 0, start.Length, StringComparison.OrdinalIgnoreCase) != 0 || unclosed.Contains(close)) return -1;
        var end = text.IndexOf(close, open + start.Length, StringComparison.OrdinalIgnoreCase);
        if (end >= 0) return end + close.Length;
        // Nor is there one behind any later start: looked for once, not once a start.
        unclosed.Add(close);
        return -1;
    }

    /// <summary>For each place inside of a tag but outside of quotes, where that tag's <c>&gt;</c> is, or -1. From the back, each in one step.</summary>
    private static int[] FindTagEnds(string text)
    {
        var ends = new int[text.Length + 1];
        ends[text.Length] = -1;
        var nextDouble = -1;
        var nextSingle = -1;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            ends[i] = text[i] switch
            {
                '>' => i,
                '"' => nextDouble < 0 ? -1 : ends[nextDouble + 1],
                '\'' => nextSingle < 0 ? -1 : ends[nextSingle + 1],
                _ => ends[i + 1],
            };
            if (text[i] == '"') nextDouble = i;
            if (text[i] == '\'') nextSingle = i;
        }
        return ends;
    }
}
