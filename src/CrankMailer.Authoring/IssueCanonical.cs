using System.Text.Json;
using CrankMailer.Authoring.Markdown;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring;

/// <summary>
/// The one form of an issue among those that mean the same. What Markdown cannot carry is decided here: LF, no blanks around a text,
/// one-line fields on one line, empty is null, unknown keys in order, no control characters, an open code fence closed, a picture without any field is none.
/// Saving and writing a file both go through it, so that <c>Read(Write(issue))</c> equals <c>Of(issue)</c>.
/// </summary>
public static class IssueCanonical
{
    public static Issue Of(Issue issue) => issue with
    {
        Publication = InlineText.Line(issue.Publication), Title = InlineText.Line(issue.Title), Period = InlineText.Line(issue.Period),
        Slug = InlineText.Line(issue.Slug), Lang = InlineText.Line(issue.Lang), TranslationOf = InlineText.Line(issue.TranslationOf),
        Subject = InlineText.Line(issue.Subject), Preheader = InlineText.Line(issue.Preheader), Intro = Block(issue.Intro), Image = Of(issue.Image),
        Sections = [.. issue.Sections.Select(Of)],
        Masthead = [.. issue.Masthead.Select(m => m with { Role = InlineText.Line(m.Role) ?? "", Name = InlineText.Line(m.Name) ?? "", Email = InlineText.Line(m.Email), Unknown = OrNull(m.Unknown) })],
        Errata = [.. issue.Errata.Select(e => e with { Item = InlineText.Line(e.Item), Text = BlockText.Canonical(e.Text), Unknown = OrNull(e.Unknown) })],
        Unknown = OrNull(issue.Unknown),
    };

    internal static bool IsEmpty(IssueImage image) =>
        image is { Src: null, Alt: null, Credit: null, Caption: null, Url: null } && image.Unknown is null or { Count: 0 };

    private static Section Of(Section section)
    {
        var common = section with
        {
            Id = InlineText.Line(section.Id), Heading = InlineText.Line(section.Heading), Lead = Block(section.Lead), Tail = Block(section.Tail),
            Unknown = OrNull(section.Unknown),
        };
        return common switch
        {
            StoriesSection s => s with { Stories = [.. s.Stories.Select(Of)] },
            BriefsSection s => s with { Items = [.. s.Items.Select(Of)] },
            ReadingsSection s => s with { Items = [.. s.Items.Select(Of)] },
            EventsSection s => s with { Items = [.. s.Items.Select(Of)] },
            ProseSection s => s with { Body = Block(s.Body) },
            PictureSection s => s with { Image = Of(s.Image) },
            ButtonSection s => s with { Label = InlineText.Line(s.Label), Url = InlineText.Line(s.Url) },
            UnknownSection s => s with { Unknown = OrNull(UnknownMarkdown.With(s.Unknown, BlockText.Canonical(UnknownMarkdown.Of(s.Unknown)))) },
            _ => throw new InvalidOperationException($"No canonical form for a section of kind {section.Kind}."),
        };
    }

    private static Story Of(Story story) => story with
    {
        Id = InlineText.Line(story.Id), Headline = InlineText.Line(story.Headline) ?? "", Body = BlockText.Canonical(story.Body),
        Url = InlineText.Line(story.Url), Byline = InlineText.Line(story.Byline), Image = Of(story.Image), Unknown = OrNull(story.Unknown),
    };

    private static Brief Of(Brief brief) => brief with
    {
        Id = InlineText.Line(brief.Id), Text = InlineText.Canonical(brief.Text) ?? "", Unknown = OrNull(brief.Unknown),
        Sources = [.. brief.Sources.Select(s => s with { Name = InlineText.Line(s.Name) ?? "", Url = InlineText.Line(s.Url), Unknown = OrNull(s.Unknown) })],
    };

    private static Reading Of(Reading reading) => reading with
    {
        Id = InlineText.Line(reading.Id), Title = InlineText.Line(reading.Title) ?? "", Url = InlineText.Line(reading.Url),
        Lang = InlineText.Line(reading.Lang), Byline = InlineText.Line(reading.Byline), Unknown = OrNull(reading.Unknown),
    };

    private static IssueEvent Of(IssueEvent item) => item with
    {
        Id = InlineText.Line(item.Id), Title = InlineText.Line(item.Title) ?? "", Url = InlineText.Line(item.Url), Starts = InlineText.Line(item.Starts),
        Ends = InlineText.Line(item.Ends), Zone = InlineText.Line(item.Zone), Place = InlineText.Line(item.Place), Note = InlineText.Line(item.Note),
        Unknown = OrNull(item.Unknown),
    };

    private static IssueImage? Of(IssueImage? image)
    {
        if (image is null) return null;
        var canonical = image with
        {
            Src = InlineText.Line(image.Src), Alt = InlineText.Line(image.Alt), Credit = InlineText.Line(image.Credit),
            Caption = InlineText.Line(image.Caption), Url = InlineText.Line(image.Url), Unknown = OrNull(image.Unknown),
        };
        return IsEmpty(canonical) ? null : canonical;
    }

    private static string? Block(string? text) => BlockText.Canonical(text) is { Length: > 0 } block ? block : null;

    private static IDictionary<string, JsonElement>? OrNull(IDictionary<string, JsonElement>? unknown) =>
        unknown is { Count: > 0 } ? unknown.OrderBy(u => u.Key, StringComparer.Ordinal).ToDictionary() : null;
}
