using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Checks;

internal enum FieldKind
{
    Plain,
    Inline,

    /// <summary>Block Markdown: the only fields in which holes are more than text.</summary>
    Block,
}

/// <summary>One text of an issue and where it stands, as forms and the JSON name it: <c>sections[0].stories[2].body</c>.</summary>
internal sealed record IssueField(string Path, FieldKind Kind, string Text)
{
    public static IReadOnlyList<IssueField> All(Issue issue)
    {
        var fields = new List<IssueField>();
        Add(fields, "title", FieldKind.Plain, issue.Title);
        Add(fields, "subject", FieldKind.Plain, issue.Subject);
        Add(fields, "preheader", FieldKind.Plain, issue.Preheader);
        Add(fields, "intro", FieldKind.Block, issue.Intro);
        for (var i = 0; i < issue.Sections.Count; i++) AddSection(fields, $"sections[{i}]", issue.Sections[i]);
        return fields;
    }

    private static void AddSection(List<IssueField> fields, string path, Section section)
    {
        Add(fields, $"{path}.heading", FieldKind.Plain, section.Heading);
        Add(fields, $"{path}.lead", FieldKind.Block, section.Lead);
        switch (section)
        {
            case StoriesSection stories: Each(stories.Stories, $"{path}.stories", (story, at) => AddStory(fields, at, story)); break;
            case BriefsSection briefs: Each(briefs.Items, $"{path}.items", (brief, at) => Add(fields, $"{at}.text", FieldKind.Inline, brief.Text)); break;
            case ReadingsSection readings: Each(readings.Items, $"{path}.items", (reading, at) => AddReading(fields, at, reading)); break;
            case EventsSection events: Each(events.Items, $"{path}.items", (item, at) => Add(fields, $"{at}.title", FieldKind.Inline, item.Title)); break;
            case ProseSection prose: Add(fields, $"{path}.body", FieldKind.Block, prose.Body); break;
            case ButtonSection button: Add(fields, $"{path}.label", FieldKind.Plain, button.Label); break;
            case PictureSection or UnknownSection: break;
        }
        Add(fields, $"{path}.tail", FieldKind.Block, section.Tail);
    }

    private static void AddStory(List<IssueField> fields, string path, Story story)
    {
        Add(fields, $"{path}.headline", FieldKind.Inline, story.Headline);
        Add(fields, $"{path}.byline", FieldKind.Inline, story.Byline);
        Add(fields, $"{path}.body", FieldKind.Block, story.Body);
    }

    private static void AddReading(List<IssueField> fields, string path, Reading reading)
    {
        Add(fields, $"{path}.title", FieldKind.Inline, reading.Title);
        Add(fields, $"{path}.byline", FieldKind.Inline, reading.Byline);
    }

    private static void Each<T>(IReadOnlyList<T> items, string path, Action<T, string> act)
    {
        for (var i = 0; i < items.Count; i++) act(items[i], $"{path}[{i}]");
    }

    private static void Add(List<IssueField> fields, string path, FieldKind kind, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text)) fields.Add(new IssueField(path, kind, text));
    }
}
