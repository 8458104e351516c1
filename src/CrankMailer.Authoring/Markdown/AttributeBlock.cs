using System.Text.Json;

namespace CrankMailer.Authoring.Markdown;

/// <summary>What stands in <c>{.kind #id key=value}</c> at the end of a heading, title or item.</summary>
internal sealed record AttributeBlock(string? Kind, string? Id, IReadOnlyDictionary<string, JsonElement> Values)
{
    public static AttributeBlock Empty { get; } = new(null, null, new Dictionary<string, JsonElement>());

    public string? Text(string key) =>
        Values.TryGetValue(key, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    public bool Has(string key) => Values.ContainsKey(key);
}
