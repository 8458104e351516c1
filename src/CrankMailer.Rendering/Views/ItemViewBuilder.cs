using System.Globalization;
using CrankMailer.Model.Documents;
using CrankMailer.Rendering.Prose;
using CrankMailer.Rendering.Wording;

namespace CrankMailer.Rendering.Views;

/// <summary>The items of sections in one medium.</summary>
internal sealed class ItemViewBuilder(Issue issue, Publication publication, Medium medium, RenderOptions options)
{
    /// <summary>As many of an item's first words as tell two links "Reuters" apart without tiring the ear.</summary>
    private const int LabelWords = 6;

    private readonly Language language = Language.Of(issue.Lang, publication.Lang);

    public StoryView Story(Story story, Place place, int level, string anchor)
    {
        var target = Optional(story.Url) is { } url ? medium.Link(url, place.Field("url")) : null;
        var headline = medium.Inline(story.Headline, place.Field("headline"), isLinked: target is not null);
        var image = Image(story.Image, place.Field("image"));
        return new StoryView
        {
            Anchor = anchor,
            Headline = headline,
            HeadlineWords = medium.Plain(Medium.Words(story.Headline)),
            Url = target?.Url,
            UrlNumber = target?.Number,
            Image = image,
            Byline = Optional(story.Byline) is { } byline ? medium.Inline(byline, place.Field("byline")) : null,
            Body = Block(story.Body, place.Field("body"), level) ?? "",
            Errata = Errata(story.Id),
        };
    }

    public BriefView Brief(Brief brief, Place place)
    {
        var text = medium.Inline(brief.Text, place.Field("text"));
        var words = PlainWords.First(Medium.Words(brief.Text), LabelWords);
        return new BriefView
        {
            Text = text,
            Sources = [.. brief.Sources.Select((s, i) => Source(s, place with { Path = $"{place.Path}.sources[{i}].url", Publisher = s.Name }, words))],
            Errata = Errata(brief.Id),
        };
    }

    public ReadingView Reading(Reading reading, Place place)
    {
        var target = Optional(reading.Url) is { } url ? medium.Link(url, place.Field("url")) : null;
        var foreign = Language.Find(reading.Lang) is { } l && !string.Equals(l.Tag, language.Tag, StringComparison.OrdinalIgnoreCase) ? l : null;
        return new ReadingView
        {
            Title = medium.Inline(reading.Title, place.Field("title"), isLinked: target is not null),
            Url = target?.Url,
            UrlNumber = target?.Number,
            Lang = foreign?.Tag,
            Dir = foreign is not null && foreign.Direction != language.Direction ? foreign.Direction : null,
            Byline = Optional(reading.Byline) is { } byline ? medium.Inline(byline, place.Field("byline")) : null,
            Errata = Errata(reading.Id),
        };
    }

    public EventView Event(IssueEvent item, Place place)
    {
        var target = Optional(item.Url) is { } url ? medium.Link(url, place.Field("url")) : null;
        return new EventView
        {
            Title = medium.Inline(item.Title, place.Field("title"), isLinked: target is not null),
            Url = target?.Url,
            UrlNumber = target?.Number,
            When = EventTime.In(language, item.Starts, item.Ends, Optional(item.Zone) ?? publication.TimeZone) is { } when ? medium.Plain(when) : null,
            Place = Optional(item.Place) is { } where ? medium.Plain(where) : null,
            Note = Optional(item.Note) is { } note ? medium.Plain(note) : null,
            Errata = Errata(item.Id),
        };
    }

    /// <summary>Null where there is no picture to show; a credit alone is a draft's, and the checks ask for the picture.</summary>
    public ImageView? Image(IssueImage? image, Place place)
    {
        if (image is null || Optional(image.Src) is not { } src) return null;
        var target = Optional(image.Url) is { } url ? medium.Link(url, place.Field("url")) : null;
        return new ImageView
        {
            Src = medium.Picture(src),
            Alt = medium.Plain(image.Alt),
            Width = options.Pictures?.Invoke(src)?.Width,
            Credit = Optional(image.Credit) is { } credit ? medium.Plain(credit) : null,
            Caption = Optional(image.Caption) is { } caption ? medium.Plain(caption) : null,
            Url = target?.Url,
            UrlNumber = target?.Number,
        };
    }

    public string? Block(string? markdown, Place place, int under) => Optional(markdown) is { } text && medium.Block(text, place, under) is { Length: > 0 } block ? block : null;

    /// <summary>Corrections of one item; of the issue as a whole where <paramref name="item"/> is null.</summary>
    public IReadOnlyList<ErratumView> Errata(string? item) => !options.ShowErrata ? [] :
    [
        .. issue.Errata.Where(e => e.Item == item).OrderBy(e => e.At).Select(e => new ErratumView(medium.Plain(language.Date(LocalDay(e.At))), medium.Plain(e.Text))),
    ];

    private SourceView Source(Source source, Place place, string words)
    {
        var name = medium.Plain(source.Name);
        var target = Optional(source.Url) is { } url ? medium.Link(url, place) : null;
        return new SourceView(name, target?.Url, target?.Number, medium.Plain(string.Create(CultureInfo.InvariantCulture, $"{source.Name}: {words}")));
    }

    private DateOnly LocalDay(DateTimeOffset at) =>
        DateOnly.FromDateTime((TimeZoneInfo.TryFindSystemTimeZoneById(publication.TimeZone, out var zone) ? TimeZoneInfo.ConvertTime(at, zone) : at).DateTime);

    private static string? Optional(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
