using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Markdown;

/// <summary><c>### [Headline](url) {#id byline="…"}</c>: a story without its body and picture.</summary>
internal static class StoryHeading
{
    private const string Byline = "byline";
    private const string Url = "url";

    public static string Write(Story story) =>
        ItemText.Write(story with { Body = "", Image = null }, Natural, Read);

    public static Story Read(string line)
    {
        var attributes = AttributeReader.Split(line, withKind: false, out var rest);
        if (ItemText.ReadRaw<Story>(attributes) is { } raw) return raw;
        rest = InlineText.ReadHeading(rest);
        // An empty url says: no address, the link is part of the headline.
        var link = attributes.Has(Url) ? null : Link.TryRead(rest, Holes.Mask(rest), 0);
        if (link is not null && (link.End != rest.Length || link.Title is not null)) link = null;
        return new Story
        {
            Id = attributes.Id, Headline = link?.Label ?? rest, Url = link?.Url ?? attributes.Text(Url), Byline = attributes.Text(Byline),
            Unknown = ItemText.Unknown(attributes.Values, Byline, Url),
        };
    }

    private static string Natural(Story story)
    {
        var plain = InlineText.WriteHeading(story.Headline);
        var line = story.Url is null ? plain : $"[{story.Headline}]({Link.WriteAddress(story.Url)})";
        var attributes = new AttributeWriter().Id(story.Id).Add(Byline, story.Byline);
        if (story.Url is null && Link.TryRead(line, Holes.Mask(line), 0) is { } link && link.End == line.Length) attributes.Add(Url, "");
        return ItemText.Append(line, attributes.Unknown(story.Unknown, Byline, Url), withKind: false);
    }
}
