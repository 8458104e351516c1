using System.Text.Json;
using System.Text.Json.Nodes;
using CrankMailer.Model.Documents;

namespace CrankMailer.Tests.Authoring;

/// <summary>Compares an issue with expected JSON: null, absent and an empty list are the same; a null title may be derived.</summary>
internal static class ExpectedIssue
{
    public static void AssertMatches(string expectedJson, Issue issue, string name)
    {
        var expected = JsonNode.Parse(expectedJson);
        var got = JsonSerializer.SerializeToNode(issue, IssueJson.Compact);
        if (expected?["title"] is null) (got as JsonObject)?.Remove("title");
        var (wanted, found) = (Text(expected), Text(got));
        Assert.True(wanted == found, $"{name}\n{Difference(wanted, found)}");
    }

    public static string Text(JsonNode? node) => Strip(node)?.ToJsonString(IssueJson.Options) ?? "null";

    private static JsonNode? Strip(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Strip(p.Value))).Where(p => p.Value is not (null or JsonArray { Count: 0 })).OrderBy(p => p.Key, StringComparer.Ordinal)),
        JsonArray list => new JsonArray([.. list.Select(Strip)]),
        _ => node?.DeepClone(),
    };

    private static string Difference(string wanted, string got)
    {
        var (a, b) = (wanted.Split('\n'), got.Split('\n'));
        var i = 0;
        while (i < a.Length && i < b.Length && a[i] == b[i]) i++;
        return $"wanted, line {i}:\n{string.Join('\n', a.Skip(Math.Max(0, i - 3)).Take(12))}\ngot:\n{string.Join('\n', b.Skip(Math.Max(0, i - 3)).Take(12))}";
    }
}
