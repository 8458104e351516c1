using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Markdown;

/// <summary><c>One or two sentences. ([Reuters](https://…), [TASS]()) {#id}</c></summary>
internal static class BriefText
{
    private const string NoSources = "()";

    public static string Write(Brief brief) => ItemText.Write(brief, Natural, Read);

    public static Brief Read(string line)
    {
        var attributes = AttributeReader.Split(line, withKind: false, out var rest);
        if (ItemText.ReadRaw<Brief>(attributes) is { } raw) return raw;
        var sources = SplitSources(rest, out var text);
        return new Brief
        {
            Id = attributes.Id, Text = InlineText.ReadStart(text), Sources = sources, Unknown = ItemText.Unknown(attributes.Values),
        };
    }

    /// <summary>Takes the last parenthesis off where it holds only links parted by commas.</summary>
    public static IReadOnlyList<Source> SplitSources(string line, out string text)
    {
        text = line;
        if (line == NoSources || line.EndsWith(" " + NoSources, StringComparison.Ordinal))
        {
            text = line[..^NoSources.Length].TrimEnd(' ', '\t');
            return [];
        }
        if (!line.EndsWith(')')) return [];
        var masked = Holes.Mask(line);
        for (var i = 0; i < masked.Length; i++)
        {
            if (masked[i] == '\\') { i++; continue; }
            if (masked[i] != '(' || TryReadSources(line, masked, i) is not { } sources) continue;
            text = line[..i].TrimEnd(' ', '\t');
            return sources;
        }
        return [];
    }

    private static List<Source>? TryReadSources(string line, string masked, int open)
    {
        var sources = new List<Source>();
        for (var at = open + 1; ; at++)
        {
            while (at < masked.Length && masked[at] is ' ' or '\t') at++;
            if (Link.TryRead(line, masked, at) is not { Title: null } link) return null;
            sources.Add(new Source { Name = PlainText.Unescape(link.Label), Url = link.Url });
            at = link.End;
            while (at < masked.Length && masked[at] is ' ' or '\t') at++;
            if (at == masked.Length - 1 && masked[at] == ')') return sources;
            if (at >= masked.Length || masked[at] != ',') return null;
        }
    }

    private static string Natural(Brief brief)
    {
        var line = InlineText.WriteStart(brief.Text);
        var sources = brief.Sources.Count > 0
            ? "(" + string.Join(", ", brief.Sources.Select(s => $"[{PlainText.ToLabel(s.Name)}]({Link.WriteAddress(s.Url)})")) + ")"
            : EndsLikeSources(line) ? NoSources : "";
        if (sources.Length > 0) line = line.Length == 0 ? sources : line + " " + sources;
        return ItemText.Append(line, new AttributeWriter().Id(brief.Id).Unknown(brief.Unknown), withKind: false);
    }

    private static bool EndsLikeSources(string line)
    {
        SplitSources(line, out var text);
        return text.Length < line.Length;
    }
}
