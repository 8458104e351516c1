using System.Text.Json;
using System.Text.Json.Nodes;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Ids;

/// <summary>
/// What changed between two revisions, item by item, found by id: for the approver, the history, and the versions of one item. An item can be
/// both moved and changed. Errata are kept beside the content and are no change of it.
/// </summary>
public static class IssueDiff
{
    public static IReadOnlyList<IssueChange> Between(Issue before, Issue after)
    {
        var former = Keyed(before);
        var current = Keyed(after);
        var changes = new List<IssueChange>();
        if (Compare(FieldsOf(before), FieldsOf(after)) is { Count: > 0 } own) changes.Add(new IssueChange.Changed(null, "", after.Title ?? "", own));
        var moved = MovedKeys(former, current);
        foreach (var (key, item) in current)
        {
            if (!former.TryGetValue(key, out var old)) { changes.Add(new IssueChange.Added(item.Id, item.Path, item.Text)); continue; }
            if (Compare(old.Fields(), item.Fields()) is { Count: > 0 } fields) changes.Add(new IssueChange.Changed(item.Id, item.Path, item.Text, fields));
            if (moved.Contains(key)) changes.Add(new IssueChange.Moved(item.Id, item.Path, item.Text, old.Path));
        }
        changes.AddRange(former.Where(f => !current.ContainsKey(f.Key)).Select(f => new IssueChange.Removed(f.Value.Id, f.Value.Path, f.Value.Text)));
        return changes;
    }

    /// <summary>By id, in the order of the document. Items that have none yet are known by kind and text.</summary>
    private static Dictionary<string, IssueItem> Keyed(Issue issue)
    {
        var keyed = new Dictionary<string, IssueItem>();
        foreach (var item in IssueItem.All(issue))
        {
            var key = item.Id is { } id ? $"#{id}" : $"{item.Kind} {item.Url} {item.Text}";
            for (var n = 2; !keyed.TryAdd(key, item); n++) key = $"{key} ({n})"; // two items without id may say the same
        }
        return keyed;
    }

    /// <summary>The fewest items that explain the new order: those outside the longest run that kept its order, and those now in another section.</summary>
    private static HashSet<string> MovedKeys(Dictionary<string, IssueItem> former, Dictionary<string, IssueItem> current)
    {
        var places = former.Keys.Select((key, i) => (key, i)).ToDictionary(p => p.key, p => p.i);
        var moved = new HashSet<string>();
        foreach (var group in current.Where(c => places.ContainsKey(c.Key)).GroupBy(c => c.Value.IsSection ? null : c.Value.SectionId ?? ""))
        {
            var stayed = group.Where(c => c.Value.IsSection || (former[c.Key].SectionId ?? "") == c.Value.SectionId).Select(c => c.Key).ToList();
            moved.UnionWith(group.Select(c => c.Key).Except(stayed));
            moved.UnionWith(stayed.Except(LongestIncreasing(stayed, places)));
        }
        return moved;
    }

    private static List<string> LongestIncreasing(List<string> keys, Dictionary<string, int> places)
    {
        var length = new int[keys.Count];
        var before = new int[keys.Count];
        var best = -1;
        for (var i = 0; i < keys.Count; i++)
        {
            (length[i], before[i]) = (1, -1);
            for (var j = 0; j < i; j++)
                if (places[keys[j]] < places[keys[i]] && length[j] + 1 > length[i]) (length[i], before[i]) = (length[j] + 1, j);
            if (best < 0 || length[i] > length[best]) best = i;
        }
        var run = new List<string>();
        for (var i = best; i >= 0; i = before[i]) run.Add(keys[i]);
        return run;
    }

    private static Dictionary<string, string?> FieldsOf(Issue issue)
    {
        var json = JsonSerializer.SerializeToNode(issue with { Sections = [], Errata = [] }, IssueJson.Compact) as JsonObject ?? [];
        return json.ToDictionary(p => p.Key, p => p.Value is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : p.Value?.ToJsonString(IssueJson.Compact));
    }

    private static List<FieldChange> Compare(IReadOnlyDictionary<string, string?> before, IReadOnlyDictionary<string, string?> after) =>
        [.. before.Keys.Union(after.Keys).Select(name => new FieldChange(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name))).Where(f => f.Before != f.After)];
}
