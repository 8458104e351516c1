using CrankMailer.Authoring.Markdown;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Drafts;

/// <summary>Lines under "Links" or "Recent Analysis": one item a line.</summary>
internal sealed class ItemsInterpreter(DraftReport report)
{
    public List<Brief> ReadBriefs(IReadOnlyList<DraftLine> lines, out string? lead)
    {
        lead = BodyMarkdown.Of(lines.TakeWhile((line, i) => IsLead(line, i, lines)));
        var briefs = new List<Brief>();
        foreach (var line in lines.Skip(lines.TakeWhile((line, i) => IsLead(line, i, lines)).Count()))
        {
            if (briefs.Count > 0 && IsParenthesis(line) && briefs[^1].Sources.Count == 0)
            {
                var joined = SourceList.Split($"{briefs[^1].Text} {line.Markdown}", out var text);
                briefs[^1] = briefs[^1] with { Text = joined is null ? $"{briefs[^1].Text} {line.Markdown}" : text, Sources = joined ?? [] };
                continue;
            }
            var sources = SourceList.Split(Markdown(line), out var sentence) ?? [];
            if (sources.Count == 0) report.Guess($"No source was found at the end of “{Short(line.Plain)}”.", line.Line);
            else if (line.Plain.Count(c => c == '(') > line.Plain.Count(c => c == ')')) report.Guess($"The parenthesis with the sources is not closed in the draft: “{Short(line.Plain)}”.", line.Line);
            briefs.Add(new Brief { Text = sentence, Sources = sources });
        }
        return briefs;
    }

    public List<Reading> ReadReadings(IReadOnlyList<DraftLine> lines)
    {
        var readings = new List<Reading>();
        foreach (var line in lines)
        {
            if (readings.Count > 0 && IsParenthesis(line) && readings[^1].Byline is null) readings[^1] = readings[^1] with { Byline = DraftText.Clean(line.Markdown.TrimEnd('.', ';', ' ')[1..^1]) };
            else readings.Add(ReadReading(line));
        }
        return readings;
    }

    private Reading ReadReading(DraftLine line)
    {
        var text = Markdown(line).TrimEnd(' ', '\u00A0');
        var trimmed = text.TrimEnd('.', ';');
        var open = Parenthesis.FindLast(trimmed);
        var byline = open > 0 ? trimmed[(open + 1)..^1] : null;
        if (open <= 0 && BrokenParenthesis(text) is { } broken)
        {
            open = broken;
            byline = text[(broken + 1)..].TrimStart('(');
            report.Guess($"The parenthesis with author and publisher is not closed in the draft: “{Short(line.Plain)}”.", line.Line);
        }
        else if (open <= 0) report.Guess($"No parenthesis with author and publisher was found at the end of “{Short(line.Plain)}”.", line.Line);
        // A link whose address holds the last parenthesis is the title itself.
        if (open > 0 && text[open - 1] == ']') (open, byline) = (-1, null);
        var title = DraftText.Clean(open > 0 ? text[..open] : text);
        var (label, url) = SplitLink(title);
        return new Reading { Title = label, Url = url, Byline = byline is null ? null : DraftText.Clean(byline) is { Length: > 0 } b ? b : null };
    }

    private static int? BrokenParenthesis(string text)
    {
        var open = DraftText.Spaced(text).LastIndexOf(" (", StringComparison.Ordinal);
        return open > 0 && text.IndexOf(')', open) < 0 && open + 2 < text.Length ? open + 1 : null;
    }

    /// <summary>A title that is one link, bold or not, gives its address to the item.</summary>
    private static (string Title, string? Url) SplitLink(string title)
    {
        var bare = title.Trim('*', '_', ' ');
        var text = bare.StartsWith('[') ? bare : title;
        return Link.TryRead(text, Holes.Mask(text), 0) is { Title: null } link && text[link.End..].Trim(' ', '.', ',', ':', '“', '”', '"') is { Length: 0 }
            ? (link.Label.Trim(), link.Url) : (title, null);
    }

    /// <summary>A sentence before the first dash, where all the others have one.</summary>
    private static bool IsLead(DraftLine line, int i, IReadOnlyList<DraftLine> lines) =>
        line.Kind is DraftLineKind.Text or DraftLineKind.Block && lines.Take(i).All(l => l.Kind != DraftLineKind.Item)
        && lines.Skip(i + 1).Any(l => l.Kind == DraftLineKind.Item) && lines.Count(l => l.Kind == DraftLineKind.Item) * 2 > lines.Count
        && SourceList.Split(line.Markdown, out _) is null;

    private static bool IsParenthesis(DraftLine line) => line.Plain.StartsWith('(') && line.Plain.TrimEnd('.', ';').EndsWith(')') && line.Kind == DraftLineKind.Text;

    private static string Markdown(DraftLine line) => line is { Kind: DraftLineKind.Picture, Image: { } image } ? ImageText.Write(image) : line.Markdown.ReplaceLineEndings(" ");

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
