using CrankMailer.Authoring.Markdown;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Drafts;

/// <summary>Lines under a "Highlights" heading: headlines and their paragraphs, and at the end perhaps short items without a heading of their own.</summary>
internal sealed class StoriesInterpreter(DraftReport report)
{
    public IEnumerable<Section> Read(string? heading, IReadOnlyList<DraftLine> lines)
    {
        var briefsFrom = StartOfBriefs(lines);
        if (briefsFrom > 0 || heading is not null) yield return ReadStories(heading, [.. lines.Take(briefsFrom)]);
        if (briefsFrom >= lines.Count) yield break;
        report.Note("guessed", "The short items after the last story were read as a section of links without a heading.", lines[briefsFrom].Line);
        yield return new BriefsSection { Items = [.. new ItemsInterpreter(report).ReadBriefs([.. lines.Skip(briefsFrom)], out _)] };
    }

    private StoriesSection ReadStories(string? heading, IReadOnlyList<DraftLine> lines)
    {
        var lead = new List<string>();
        var stories = new List<(Story Story, List<string> Body, int Line)>();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var next = i + 1 < lines.Count ? lines[i + 1] : null;
            if (Headline.Is(line, next, stories.Count == 0 && lead.Count == 0)) AddHeadline(stories, line);
            else if (line is { Kind: DraftLineKind.Picture, Image: { } image } && stories.Count > 0 && stories[^1] is { Story.Image: null, Body.Count: 0 })
                stories[^1] = stories[^1] with { Story = stories[^1].Story with { Image = image } };
            else BodyMarkdown.Add(stories.Count > 0 ? stories[^1].Body : lead, line);
        }
        foreach (var story in stories.Where(s => s.Body.Count == 0))
            report.Guess($"“{story.Story.Headline}” was read as a headline, and no text follows it.", story.Line);
        return new StoriesSection
        {
            Heading = heading, Lead = BodyMarkdown.Join(lead), Stories = [.. stories.Select(s => s.Story with { Body = BodyMarkdown.Join(s.Body) ?? "" })],
        };
    }

    /// <summary>A headline broken over two lines goes on in lower case.</summary>
    private static void AddHeadline(List<(Story Story, List<string> Body, int Line)> stories, DraftLine line)
    {
        if (stories.Count > 0 && stories[^1].Body.Count == 0 && line.Plain.Length > 0 && char.IsLower(line.Plain[0]))
        {
            stories[^1] = stories[^1] with { Story = stories[^1].Story with { Headline = $"{stories[^1].Story.Headline} {line.Markdown}" } };
            return;
        }
        var link = Link.TryRead(line.Markdown, Holes.Mask(line.Markdown), 0);
        var whole = link is { Title: null } && link.End == line.Markdown.Length;
        stories.Add((new Story { Headline = whole && link is not null ? link.Label : line.Markdown, Url = whole ? link?.Url : null }, [], line.Line));
    }

    /// <summary>Index of the first of the items that end the section; the count of lines when there are none.</summary>
    private static int StartOfBriefs(IReadOnlyList<DraftLine> lines)
    {
        var start = lines.Count;
        while (start > 0 && lines[start - 1].Kind == DraftLineKind.Item) start--;
        // Items after dashes: a list inside a story has no sources and bears bullets.
        if (start < lines.Count && lines.Skip(start).All(l => l.HasLongDash || HasSources(l))) return start;
        start = lines.Count;
        while (start > 0 && lines[start - 1].Kind is DraftLineKind.Text or DraftLineKind.Item && HasSources(lines[start - 1])) start--;
        // Without dashes: a run of sentences each with its source. A story keeps its first paragraph.
        if (start > 0 && start < lines.Count && Headline.Is(lines[start - 1], lines[start], first: false)) start++;
        return lines.Count - start >= 2 ? start : lines.Count;
    }

    private static bool HasSources(DraftLine line) => SourceList.Split(line.Markdown, out var text) is not null && Headline.EndsLikeSentence(text);
}
