using CrankMailer.Model.Documents;
using Markdig.Syntax;

namespace CrankMailer.Authoring.Markdown;

/// <summary>Reads the sections of a Markdown source. Blocks say where things begin; every text is a slice of the source.</summary>
internal sealed class SectionReader(MarkdownSource source, IReadOnlyList<Block> blocks)
{
    public (string Intro, List<Section> Sections) Read()
    {
        var starts = blocks.Where(b => IsStructural(b, 2)).Select(b => b.Line).ToList();
        var first = starts.Count > 0 ? starts[0] : source.Lines.Length;
        var sections = starts.Select((start, i) => ReadSection(start, i + 1 < starts.Count ? starts[i + 1] : source.Lines.Length));
        return (BlockText.Read(source, blocks, 0, first, inStories: false), [.. sections]);
    }

    private Section ReadSection(int start, int end)
    {
        var heading = SectionHeading.Read(HeadingContent(source.Lines[start]));
        var kind = heading.Kind ?? GuessKind(start, end);
        return Named(kind, heading, start, end) with { Id = heading.Id, Heading = heading.Heading };
    }

    private Section Named(string kind, SectionHeading heading, int start, int end)
    {
        switch (kind)
        {
            case "stories":
                return WithUnknown(ReadStories(start + 1, end), heading, start);
            case "briefs":
                var briefs = ReadItems(start + 1, end, BriefText.Read, b => b.Unknown?.Keys);
                return WithUnknown(new BriefsSection { Lead = briefs.Lead, Items = briefs.Items, Tail = briefs.Tail }, heading, start);
            case "readings":
                var readings = ReadItems(start + 1, end, ReadingText.Read, r => r.Unknown?.Keys);
                return WithUnknown(new ReadingsSection { Lead = readings.Lead, Items = readings.Items, Tail = readings.Tail }, heading, start);
            case "events":
                var events = ReadItems(start + 1, end, EventText.Read, e => e.Unknown?.Keys);
                return WithUnknown(new EventsSection { Lead = events.Lead, Items = events.Items, Tail = events.Tail }, heading, start);
            case "prose":
                return WithLead(new ProseSection { Body = OrNull(Text(start + 1, end)) }, heading, start);
            case "picture":
                return WithLead(ReadPicture(start + 1, end), heading, start);
            case "button":
                return WithLead(ReadButton(start + 1, end), heading, start);
            default:
                source.Warn("unknown-kind", $"The kind \"{kind}\" is not known; the section is kept, and not printed. Known are: stories, briefs, readings, events, prose, picture, button.", start);
                var unknown = ItemText.Unknown(heading.Attributes.Values, "kind", "id", "heading", "lead", "tail");
                return new UnknownSection(kind)
                {
                    Lead = heading.Attributes.Text("lead"), Tail = heading.Attributes.Text("tail"),
                    Unknown = UnknownMarkdown.With(unknown, Text(start + 1, end)),
                };
        }
    }

    private T WithLead<T>(T section, SectionHeading heading, int line) where T : Section => WithUnknown(section, heading, line) with
    {
        Lead = heading.Attributes.Text("lead") ?? section.Lead, Tail = heading.Attributes.Text("tail") ?? section.Tail,
    };

    private T WithUnknown<T>(T section, SectionHeading heading, int line) where T : Section
    {
        var unknown = ItemText.Unknown(heading.Attributes.Values, "kind", "id", "heading", "lead", "tail");
        WarnUnknown(unknown?.Keys, line);
        return section with { Unknown = unknown };
    }

    private StoriesSection ReadStories(int from, int end)
    {
        var tail = Separator(BlockText.TailSeparator, from, end);
        var stop = tail ?? end;
        var starts = blocks.Where(b => b.Line >= from && b.Line < stop && IsStructural(b, 3)).Select(b => b.Line).ToList();
        return new StoriesSection
        {
            Lead = OrNull(Text(from, starts.Count > 0 ? starts[0] : stop, inStories: true)),
            Stories = [.. starts.Select((start, i) => ReadStory(start, i + 1 < starts.Count ? starts[i + 1] : stop))],
            Tail = tail is null ? null : OrNull(Text(tail.Value + 1, end, inStories: true)),
        };
    }

    private Story ReadStory(int start, int end)
    {
        var story = StoryHeading.Read(HeadingContent(source.Lines[start]));
        WarnUnknown(story.Unknown?.Keys, start);
        var from = start + 1;
        var image = PictureAt(ref from, end);
        return story with { Image = image is null || IssueCanonical.IsEmpty(image) ? null : image, Body = Text(from, end, inStories: true) };
    }

    /// <summary>A picture alone in its paragraph, at the first line that is not blank.</summary>
    private IssueImage? PictureAt(ref int from, int end)
    {
        var line = from;
        while (line < end && InlineText.IsBlank(source.Lines[line])) line++;
        if (line >= end || line + 1 < end && !InlineText.IsBlank(source.Lines[line + 1])) return null;
        if (!blocks.Any(b => b.Line == line && b is ParagraphBlock) || ImageText.Read(source.Lines[line]) is not { } image) return null;
        WarnUnknown(image.Unknown?.Keys, line);
        from = line + 1;
        return image;
    }

    private (string? Lead, IReadOnlyList<T> Items, string? Tail) ReadItems<T>(int from, int end, Func<string, T> read, Func<T, IEnumerable<string>?> unknown)
    {
        var tail = Separator(BlockText.TailSeparator, from, end);
        var stop = tail ?? end;
        var separator = Separator(BlockText.ItemsSeparator, from, stop);
        var list = new ItemLines(source, blocks, separator + 1 ?? from, stop);
        if (tail is null && list.End < stop && blocks.Any(b => b.Line >= list.End && b.Line < stop && BlockParser.IsItemList(b)))
            source.Warn("text-between-items", "Text stands between the items, and what follows it was read as the text after the last item. Put the text before or after the whole list.", FirstText(list.End, stop));
        return (
            OrNull(Text(from, separator ?? list.Start)),
            [.. list.Items.Select(item => ReadItem(item, read, unknown))],
            OrNull(tail is { } at ? Text(at + 1, end) : Text(list.End, end)));
    }

    private int FirstText(int from, int end)
    {
        while (from < end - 1 && InlineText.IsBlank(source.Lines[from])) from++;
        return from;
    }

    private T ReadItem<T>((string Text, int Line) item, Func<string, T> read, Func<T, IEnumerable<string>?> unknown)
    {
        var result = read(item.Text);
        WarnUnknown(unknown(result), item.Line);
        return result;
    }

    private PictureSection ReadPicture(int from, int end)
    {
        var image = PictureAt(ref from, end);
        var text = OrNull(Text(from, end));
        return image is null ? new PictureSection { Tail = text }
            : new PictureSection { Image = image with { Caption = InlineText.Line(text) ?? image.Caption } }; // an empty one goes with the canonical form
    }

    private ButtonSection ReadButton(int from, int end)
    {
        foreach (var block in blocks.Where(b => b.Line >= from && b.Line < end && b is ParagraphBlock))
            if (ButtonText.Read(source.Lines[block.Line]) is { } button && (block.Line + 1 == end || InlineText.IsBlank(source.Lines[block.Line + 1])))
                return button with { Lead = OrNull(Text(from, block.Line)), Tail = OrNull(Text(block.Line + 1, end)) };
        return new ButtonSection { Tail = OrNull(Text(from, end)) };
    }

    private string GuessKind(int start, int end)
    {
        var kind = blocks.Any(b => b.Line > start && b.Line < end && BlockParser.IsHeading(b, 3)) ? "stories" : "prose";
        source.Warn("missing-kind", $"The section names no kind and was read as {kind}. Write one at the end of the heading: {{.stories}}, {{.briefs}}, {{.readings}}, {{.events}}, {{.prose}}, {{.picture}} or {{.button}}.", start);
        return kind;
    }

    private int? Separator(string separator, int from, int end) =>
        blocks.FirstOrDefault(b => b.Line >= from && b.Line < end && b is ParagraphBlock && source.Lines[b.Line].TrimEnd(' ', '\t') == separator)?.Line;

    private bool IsStructural(Block block, int level) => BlockParser.IsHeading(block, level) && !BlockText.IsMarked(source.Lines[block.Line]);

    private static string HeadingContent(string line) => line.TrimStart(' ').TrimStart('#').Trim(' ', '\t');

    private string Text(int from, int end, bool inStories = false) => BlockText.Read(source, blocks, from, end, inStories);

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private void WarnUnknown(IEnumerable<string>? keys, int line)
    {
        foreach (var key in keys ?? [])
            source.Warn("unknown-key", $"The key \"{key}\" is not known here; it is kept, and does nothing.", line);
    }
}
