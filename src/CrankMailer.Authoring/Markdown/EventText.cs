using System.Text.RegularExpressions;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Markdown;

/// <summary><c>[Title](url) (2026-06-18 17:00 to 2026-06-18 18:30 America/New_York, place) note {#id}</c></summary>
internal static partial class EventText
{
    [GeneratedRegex(@"^(?:(?<starts>\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?)(?: ?(?:to|–|-) ?(?<ends>(?:\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?)|\d{2}:\d{2}))?(?: (?<zone>[A-Za-z_]+(?:/[A-Za-z0-9_+\-]+)*))?)?(?:^|, |$)(?<place>.*)$")]
    private static partial Regex When { get; }

    public static string Write(IssueEvent item) => ItemText.Write(item, Natural, Read);

    public static IssueEvent Read(string line)
    {
        var attributes = AttributeReader.Split(line, withKind: false, out var rest);
        if (ItemText.ReadRaw<IssueEvent>(attributes) is { } raw) return raw;
        var masked = Holes.Mask(rest);
        var link = Link.TryRead(rest, masked, 0);
        var open = masked.IndexOf('(', link?.End ?? 0);
        var close = open < 0 ? -1 : EndOf(masked, open);
        var title = link?.Label ?? InlineText.ReadStart(close < 0 ? rest : rest[..open].TrimEnd(' ', '\t'));
        var when = When.Match(close < 0 ? "" : rest[(open + 1)..close]);
        return new IssueEvent
        {
            Id = attributes.Id, Title = title, Url = link?.Url,
            Starts = Value(when, "starts"), Ends = Ends(when), Zone = Value(when, "zone"), Place = Value(when, "place"),
            Note = InlineText.Line(close < 0 ? link is null ? null : rest[link.End..] : rest[(close + 1)..]),
            Unknown = ItemText.Unknown(attributes.Values),
        };
    }

    /// <summary>A bare clock time is on the day of the start.</summary>
    private static string? Ends(Match when) =>
        Value(when, "ends") is { Length: 5 } time && Value(when, "starts") is { Length: >= 10 } starts ? $"{starts[..10]} {time}" : Value(when, "ends");

    private static string? Value(Match match, string group) => InlineText.Line(match.Groups[group].Value);

    private static int EndOf(string masked, int open)
    {
        for (int i = open, depth = 0; i < masked.Length; i++)
            if (masked[i] == '\\') i++;
            else if (masked[i] == '(') depth++;
            else if (masked[i] == ')' && --depth == 0) return i;
        return -1;
    }

    private static string Natural(IssueEvent item)
    {
        var when = string.Join(' ', new[] { item.Starts, item.Ends is null ? null : "to " + item.Ends, item.Zone }.Where(p => p is not null));
        var inside = string.Join(", ", new[] { when.Length == 0 ? null : when, item.Place }.Where(p => p is not null));
        var line = $"[{item.Title}]({Link.WriteAddress(item.Url)})";
        if (inside.Length > 0 || item.Note is not null) line += $" ({inside})";
        if (item.Note is not null) line += " " + item.Note;
        return ItemText.Append(line, new AttributeWriter().Id(item.Id).Unknown(item.Unknown), withKind: false);
    }
}
