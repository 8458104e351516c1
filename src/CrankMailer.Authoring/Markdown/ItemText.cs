using System.Text.Json;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Markdown;

/// <summary>
/// What all one-line forms share. A line is written in its natural form and read back; in the rare case that this does not give
/// the same item (an unbalanced bracket in a title, say), the item follows whole as JSON: <c>{raw:={…}}</c>. Hence nothing is lost.
/// </summary>
internal static class ItemText
{
    public const string Raw = "raw";

    public static string Write<T>(T item, Func<T, string> natural, Func<string, T> read) where T : class
    {
        var line = natural(item);
        var wanted = JsonSerializer.Serialize(item, IssueJson.Compact);
        return JsonSerializer.Serialize(read(line), IssueJson.Compact) == wanted
            ? line
            : new AttributeWriter().Add(Raw, JsonSerializer.SerializeToElement(item, IssueJson.Compact)).ToString();
    }

    /// <summary>The item kept as JSON; null when the line is in its natural form.</summary>
    public static T? ReadRaw<T>(AttributeBlock attributes) where T : class
    {
        if (!attributes.Values.TryGetValue(Raw, out var json) || json.ValueKind != JsonValueKind.Object) return null;
        try
        {
            return json.Deserialize<T>(IssueJson.Compact);
        }
        catch (JsonException)
        {
            return null; // not one of ours: stays among the unknown keys and is warned of
        }
    }

    /// <summary>Adds the block; an empty <c>{}</c> where the text itself ends in what would be read as one.</summary>
    public static string Append(string line, AttributeWriter attributes, bool withKind)
    {
        var block = attributes.ToString();
        if (block.Length == 0)
        {
            AttributeReader.Split(line, withKind, out var rest);
            if (rest.Length == line.Length) return line;
            block = "{}";
        }
        return line.Length == 0 ? block : line + " " + block;
    }

    /// <summary>The attributes that are none of the known ones; null when there are none.</summary>
    public static Dictionary<string, JsonElement>? Unknown(IReadOnlyDictionary<string, JsonElement> values, params ReadOnlySpan<string> known)
    {
        var unknown = new Dictionary<string, JsonElement>();
        foreach (var (key, value) in values)
        {
            if (key == AttributeWriter.More && value.ValueKind == JsonValueKind.Object)
                foreach (var property in value.EnumerateObject()) unknown[property.Name] = property.Value.Clone();
            else if (!known.Contains(key)) unknown[key] = value;
        }
        return unknown.Count == 0 ? null : unknown;
    }
}
