using CrankMailer.Model.Documents;
using CrankMailer.Rendering.Prose;
using CrankMailer.Rendering.Wording;

namespace CrankMailer.Rendering.Views;

/// <summary>
/// Issue → <c>issue.*</c> in one medium. Fields are written in reading order, since that is the order in which plain text numbers its links.
/// </summary>
internal sealed class IssueViewBuilder(Issue issue, Publication publication, Medium medium, RenderOptions options, PublicAddress address)
{
    private const int TitleLevel = 1;

    private readonly Language language = Language.Of(issue.Lang, publication.Lang);
    private readonly ItemViewBuilder items = new(issue, publication, medium, options);

    public IssueView Build(string title, string subject, string preheader)
    {
        var root = new Place("");
        var image = items.Image(issue.Image, root.Field("image"));
        var intro = items.Block(issue.Intro, root.Field("intro"), TitleLevel);
        var links = medium.TakeLinks();
        SectionView[] sections = [.. issue.Sections.Select(Section)];
        return new IssueView
        {
            Title = medium.Plain(title),
            TitleAfterName = Pattern.AfterName(title, publication.Name, Period.Find(issue.Period)?.In(language)) is { } rest ? medium.Plain(rest) : null,
            Subject = medium.Plain(subject),
            Preheader = medium.Plain(preheader),
            Period = Period.Find(issue.Period)?.In(language),
            Number = issue.Number,
            Lang = medium.Plain(language.Tag),
            Dir = language.Direction,
            Start = language.IsRightToLeft ? "right" : "left",
            End = language.IsRightToLeft ? "left" : "right",
            Image = image,
            Intro = intro,
            Links = links,
            Sections = sections,
            Masthead = [.. (issue.Masthead.Count > 0 ? issue.Masthead : publication.Masthead).Select(Masthead)],
            Errata = options.ShowErrata ? items.Errata(null) : [],
            ArchiveUrl = medium.Plain(address.At("archive/" + Uri.EscapeDataString(issue.Slug ?? issue.Period ?? ""))),
        };
    }

    private SectionView Section(Section section, int index)
    {
        var place = new Place($"sections[{index}]", section.Id);
        var hasHeading = !string.IsNullOrWhiteSpace(section.Heading);
        var level = hasHeading ? TitleLevel + 1 : TitleLevel;
        var lead = items.Block(section.Lead, place.Field("lead"), level);
        var view = Content(section, place, level, new SectionView
        {
            Kind = medium.Plain(section.Kind),
            Number = index + 1,
            Anchor = Anchor(section.Id) ?? $"s{index + 1}",
            Heading = hasHeading ? medium.Plain(section.Heading) : null,
            ItemLevel = level + 1,
            Lead = lead,
        });
        var tail = items.Block(section.Tail, place.Field("tail"), level);
        return view with { Tail = tail, Links = medium.TakeLinks() };
    }

    // A kind this version does not know keeps its lead and tail and is warned of by the checks.
    private SectionView Content(Section section, Place place, int level, SectionView view) => section switch
    {
        StoriesSection stories => view with
        {
            Stories = [.. stories.Stories.Select((s, i) => items.Story(s, new Place($"{place.Path}.stories[{i}]", s.Id), level + 1, Anchor(s.Id) ?? $"{view.Anchor}-{i + 1}"))],
        },
        BriefsSection briefs => view with { Items = [.. briefs.Items.Select((b, i) => items.Brief(b, ItemPlace(place, i, b.Id)))] },
        ReadingsSection readings => view with { Items = [.. readings.Items.Select((r, i) => items.Reading(r, ItemPlace(place, i, r.Id)))] },
        EventsSection events => view with { Items = [.. events.Items.Select((e, i) => items.Event(e, ItemPlace(place, i, e.Id)))] },
        ProseSection prose => view with { Body = items.Block(prose.Body, place.Field("body"), level) },
        PictureSection picture => view with { Image = items.Image(picture.Image, place.Field("image")) },
        ButtonSection button => Button(button, place, view),
        _ => view,
    };

    private SectionView Button(ButtonSection button, Place place, SectionView view)
    {
        var target = medium.Link(button.Url, place.Field("url"));
        return view with { Label = medium.Plain(button.Label), Url = target?.Url, UrlNumber = target?.Number };
    }

    private MastheadView Masthead(MastheadEntry entry, int index) => new(
        medium.Plain(entry.Role), medium.Plain(entry.Name), string.IsNullOrWhiteSpace(entry.Email) ? null : medium.Plain(entry.Email),
        medium.Address(string.IsNullOrWhiteSpace(entry.Email) ? null : "mailto:" + entry.Email, new Place($"masthead[{index}].email")));

    private static Place ItemPlace(Place section, int index, string? id) => new($"{section.Path}.items[{index}]", id);

    private static string? Anchor(string? id) => id is { Length: > 0 } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? id : null;
}
