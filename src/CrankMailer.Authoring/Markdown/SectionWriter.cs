using System.Text;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Markdown;

/// <summary>One section of a canonical issue as Markdown. Every part stands between blank lines; the caller writes the last line end.</summary>
internal sealed class SectionWriter(StringBuilder output)
{
    public void Write(Section section)
    {
        Part(("## " + SectionHeading.Write(section)).TrimEnd(' ', '\t'));
        switch (section)
        {
            case StoriesSection stories: WriteStories(stories); break;
            case BriefsSection briefs: WriteItems(briefs, briefs.Items, BriefText.Write); break;
            case ReadingsSection readings: WriteItems(readings, readings.Items, ReadingText.Write); break;
            case EventsSection events: WriteItems(events, events.Items, EventText.Write); break;
            case ProseSection prose: Text(prose.Body); break;
            case PictureSection picture: WritePicture(picture.Image); break;
            case ButtonSection { Label: not null } or ButtonSection { Url: not null }: Part(ButtonText.Write((ButtonSection)section)); break;
            case ButtonSection: break;
            default: Text(UnknownMarkdown.Of(section.Unknown)); break;
        }
    }

    private void WriteStories(StoriesSection section)
    {
        Text(section.Lead, inStories: true);
        foreach (var story in section.Stories)
        {
            Part(("### " + StoryHeading.Write(story)).TrimEnd(' ', '\t'));
            if (story.Image is { } image) Part(ImageText.Write(image));
            else if (BeginsWithPicture(story.Body)) Part(ImageText.None);
            Text(story.Body, inStories: true);
        }
        if (section.Tail is null) return;
        Part(BlockText.TailSeparator);
        Text(section.Tail, inStories: true);
    }

    private void WriteItems<T>(Section section, IReadOnlyList<T> items, Func<T, string> write)
    {
        Text(section.Lead);
        if (section.Lead is { } lead && BlockParser.Parse(Holes.Mask(lead)).Any(BlockParser.IsItemList)) Part(BlockText.ItemsSeparator);
        if (items.Count > 0) Part(string.Join('\n', items.Select(i => ("- " + write(i)).TrimEnd(' ', '\t'))));
        if (section.Tail is null) return;
        if (items.Count == 0 || CouldJoinList(section.Tail)) Part(BlockText.TailSeparator);
        Text(section.Tail);
    }

    private void WritePicture(IssueImage? image)
    {
        if (image is null) return;
        // The caption of a picture section stands below it as text; only one that would open a code fence stays in the attributes.
        var below = image.Caption is not null && BlockText.Canonical(image.Caption) == image.Caption;
        Part(ImageText.Write(below ? image with { Caption = null } : image));
        if (below) Text(image.Caption);
    }

    /// <summary>The first line of the text is a picture paragraph, which would be taken for the story's own.</summary>
    private static bool BeginsWithPicture(string body)
    {
        var lines = body.Split('\n', 3);
        return ImageText.Read(lines[0]) is not null && (lines.Length == 1 || InlineText.IsBlank(lines[1]));
    }

    private static bool CouldJoinList(string tail) => tail[0] is ' ' or '\t' || BlockParser.Parse(Holes.Mask(tail)).Any(b => b is Markdig.Syntax.ListBlock);

    private void Text(string? text, bool inStories = false)
    {
        if (!string.IsNullOrEmpty(text)) Part(BlockText.Write(text, inStories));
    }

    private void Part(string text) => output.Append('\n').Append(text).Append('\n');
}
