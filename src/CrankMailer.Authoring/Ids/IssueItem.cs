using System.Text.Json;
using System.Text.Json.Nodes;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Ids;

/// <summary>A section or item of an issue, seen alike: what it is known by and what it says.</summary>
/// <param name="SectionId">Id of the section it stands in; null for a section itself.</param>
/// <param name="Url">Addresses by which it is recognised; null when it has none.</param>
/// <param name="Text">Headline, title, text or heading.</param>
/// <param name="Value">The record itself; of a section without its items.</param>
internal sealed record IssueItem(string? Id, string Path, string? SectionId, string Kind, string? Url, string Text, object Value)
{
    public bool IsSection => SectionId is null;

    /// <summary>In the order of the document, each section before its items.</summary>
    public static IEnumerable<IssueItem> All(Issue issue) => issue.Sections.SelectMany((section, i) => Of(section, $"sections[{i}]"));

    public static IEnumerable<IssueItem> Of(Section section, string path) => Items(section, path).Prepend(new IssueItem(
        section.Id, path, null, section.Kind, (section as ButtonSection)?.Url, section.Heading ?? "", section));

    /// <summary>The fields by name, for showing what changed. Items of a section are shown on their own.</summary>
    public IReadOnlyDictionary<string, string?> Fields()
    {
        var json = Value is Section section ? JsonSerializer.SerializeToNode(section, IssueJson.Compact) : JsonSerializer.SerializeToNode(Value, Value.GetType(), IssueJson.Compact);
        return (json as JsonObject ?? []).Where(p => p.Key != "id" && !(Value is Section and not UnknownSection && p.Key is ("items" or "stories")))
            .ToDictionary(p => p.Key, p => p.Value is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : p.Value?.ToJsonString(IssueJson.Compact));
    }

    private static IEnumerable<IssueItem> Items(Section section, string path) => section switch
    {
        StoriesSection s => s.Stories.Select((x, i) => new IssueItem(x.Id, $"{path}.stories[{i}]", section.Id ?? "", "story", x.Url, x.Headline, x)),
        BriefsSection s => s.Items.Select((x, i) => new IssueItem(x.Id, $"{path}.items[{i}]", section.Id ?? "", "brief", Urls(x.Sources), x.Text, x)),
        ReadingsSection s => s.Items.Select((x, i) => new IssueItem(x.Id, $"{path}.items[{i}]", section.Id ?? "", "reading", x.Url, x.Title, x)),
        EventsSection s => s.Items.Select((x, i) => new IssueItem(x.Id, $"{path}.items[{i}]", section.Id ?? "", "event", x.Url, x.Title, x)),
        _ => [],
    };

    private static string? Urls(IReadOnlyList<Source> sources) =>
        sources.Where(s => s.Url is not null).Select(s => s.Url).ToList() is { Count: > 0 } urls ? string.Join(' ', urls) : null;
}
