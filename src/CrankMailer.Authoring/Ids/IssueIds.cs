using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Ids;

/// <summary>
/// Gives every section and item an id: its own where it has one, else that of the last revision's item with the same address, else with the
/// same text, else a new one. The same input and the same random source give the same ids.
/// </summary>
public static class IssueIds
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyz"; // without l and o, which are read as digits
    private const string Characters = Letters + "23456789";
    private const int Shortest = 4;
    private const int TriesPerLength = 64;

    public static Issue Assign(Issue newer, Issue? lastRevision, Random random)
    {
        var former = lastRevision is null ? [] : IssueItem.All(lastRevision).Where(i => i.Id is not null).ToList();
        var current = IssueItem.All(newer).ToList();
        var ids = new string?[current.Count];
        var used = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < current.Count; i++)
            if (current[i].Id is { Length: > 0 } own && used.Add(own)) ids[i] = own; // a second one was copied with its item and gets its own below
        Match(current, former, ids, used, (a, b) => a.Url is not null && a.Url == b.Url);
        Match(current, former, ids, used, (a, b) => SameText(a.Text, b.Text) && (a.Text.Length > 0 || a.IsSection));
        MatchSectionsByItems(current, former, ids, used);
        for (var i = 0; i < ids.Length; i++) ids[i] ??= Make(random, used, former);
        var next = 0;
        var sections = new List<Section>();
        foreach (var section in newer.Sections) sections.Add(WithIds(section, ids, ref next));
        return newer with { Sections = sections };
    }

    private static void Match(List<IssueItem> current, List<IssueItem> former, string?[] ids, HashSet<string> used, Func<IssueItem, IssueItem, bool> same)
    {
        for (var i = 0; i < current.Count; i++)
            if (ids[i] is null && former.FirstOrDefault(f => f.Kind == current[i].Kind && f.Id is not null && !used.Contains(f.Id) && same(current[i], f)) is { Id: { } id } && used.Add(id)) ids[i] = id;
    }

    /// <summary>A section whose heading changed ("May" to "June") is the one that holds most of the same items.</summary>
    private static void MatchSectionsByItems(List<IssueItem> current, List<IssueItem> former, string?[] ids, HashSet<string> used)
    {
        for (var i = 0; i < current.Count; i++)
        {
            if (!current[i].IsSection || ids[i] is not null) continue;
            var items = new HashSet<string>(Enumerable.Range(i + 1, current.Count - i - 1).TakeWhile(n => !current[n].IsSection).Select(n => ids[n] ?? ""));
            var best = former.Where(f => f.SectionId is { Length: > 0 } && f.Id is not null && items.Contains(f.Id)).GroupBy(f => f.SectionId).MaxBy(g => g.Count())?.Key;
            if (best is not null && former.Any(f => f.IsSection && f.Id == best && f.Kind == current[i].Kind) && used.Add(best)) ids[i] = best;
        }
    }

    private static string Make(Random random, HashSet<string> used, List<IssueItem> former)
    {
        for (var tries = 0; ; tries++)
        {
            var length = Shortest + Math.Min(tries / TriesPerLength, 2);
            var id = string.Create(length, random, (span, source) =>
            {
                for (var i = 0; i < span.Length; i++) span[i] = i == 0 ? Letters[source.Next(Letters.Length)] : Characters[source.Next(Characters.Length)];
            });
            if (former.All(f => f.Id != id) && used.Add(id)) return id;
        }
    }

    private static bool SameText(string a, string b) => WordsOf(a) == WordsOf(b);

    /// <summary>Corrected punctuation does not make a new item.</summary>
    private static string WordsOf(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant() is { Length: > 0 } letters ? letters : text;

    private static Section WithIds(Section section, string?[] ids, ref int next)
    {
        var start = next++;
        var at = next;
        Section result = section switch
        {
            StoriesSection s => s with { Stories = [.. s.Stories.Select((x, i) => x with { Id = ids[at + i] })] },
            BriefsSection s => s with { Items = [.. s.Items.Select((x, i) => x with { Id = ids[at + i] })] },
            ReadingsSection s => s with { Items = [.. s.Items.Select((x, i) => x with { Id = ids[at + i] })] },
            EventsSection s => s with { Items = [.. s.Items.Select((x, i) => x with { Id = ids[at + i] })] },
            _ => section,
        };
        next += IssueItem.Of(section, "").Count() - 1;
        return result with { Id = ids[start] };
    }
}
