using System.Text.RegularExpressions;

namespace CrankMailer.Authoring.Drafts;

/// <summary>Plain text: every line is a paragraph, unless the whole draft was wrapped at some width, as mail programs do.</summary>
internal static partial class TextDraftReader
{
    private const int WidestWrap = 100;
    private const int NarrowestWrap = 50;

    /// <summary>Blanks that cleaning took away counted when the text was wrapped.</summary>
    private const int Slack = 2;

    [GeneratedRegex(@"^(?:(?<long>[—–―•·▪●◦‣⁃]|--)\s*|[-*+]\s+)(?=\S)")]
    private static partial Regex Dash { get; }

    public static List<DraftLine> Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select((line, i) => (Text: DraftText.Clean(line), Line: i + 1)).ToList();
        return [.. Unwrap(lines).Where(l => l.Text.Length > 0).Select(l => Line(l.Text, l.Line))];
    }

    internal static DraftLine Line(string text, int line)
    {
        var dash = Dash.Match(text);
        var plain = text[dash.Length..];
        return new DraftLine(dash.Success ? DraftLineKind.Item : DraftLineKind.Text, DraftText.ToMarkdown(plain), plain, line)
        {
            Original = text, HasLongDash = dash.Groups["long"].Success,
        };
    }

    /// <summary>Joins a line to the one before when its first word would not have fitted there.</summary>
    private static List<(string Text, int Line)> Unwrap(List<(string Text, int Line)> lines)
    {
        var width = lines.Max(l => l.Text.Length);
        if (width is < NarrowestWrap or > WidestWrap || !IsWrapped(lines, width)) return lines;
        var joined = new List<(string Text, int Line)>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0 && joined.Count > 0 && Continues(lines[i - 1].Text, lines[i].Text, width)) joined[^1] = ($"{joined[^1].Text} {lines[i].Text}", joined[^1].Line);
            else joined.Add(lines[i]);
        }
        return joined;
    }

    /// <summary>In a wrapped text nearly every line that another follows is full.</summary>
    private static bool IsWrapped(List<(string Text, int Line)> lines, int width)
    {
        var pairs = lines.Zip(lines.Skip(1)).Where(p => p.First.Text.Length > 0 && p.Second.Text.Length > 0).ToList();
        var full = pairs.Count(p => Continues(p.First.Text, p.Second.Text, width));
        return full >= 3 && full * 5 >= pairs.Count * 2;
    }

    private static bool Continues(string before, string line, int width) =>
        before.Length > 0 && line.Length > 0 && !Dash.IsMatch(line) && before.Length + 1 + FirstWord(line).Length > width - Slack;

    /// <summary>A no-break space keeps words together, unless the whole text came with nothing else.</summary>
    private static string FirstWord(string line) => (line.Contains(' ') ? line : DraftText.Spaced(line)).Split(' ')[0];
}
