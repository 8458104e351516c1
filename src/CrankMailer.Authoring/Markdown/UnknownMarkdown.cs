using System.Text.Json;

namespace CrankMailer.Authoring.Markdown;

/// <summary>The text of a section whose kind we do not know, kept under the key <c>markdown</c>.</summary>
internal static class UnknownMarkdown
{
    private const string Key = "markdown";

    public static bool Is(KeyValuePair<string, JsonElement> unknown) => unknown.Key == Key && unknown.Value.ValueKind == JsonValueKind.String;

    public static string Of(IDictionary<string, JsonElement>? unknown) =>
        unknown is not null && unknown.TryGetValue(Key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    /// <summary>The unknown keys with this text in place of the former one.</summary>
    public static Dictionary<string, JsonElement>? With(IEnumerable<KeyValuePair<string, JsonElement>>? unknown, string text)
    {
        var result = (unknown ?? []).Where(u => !Is(u)).ToDictionary();
        if (text.Length > 0) result[Key] = JsonSerializer.SerializeToElement(text);
        return result.Count == 0 ? null : result;
    }
}
