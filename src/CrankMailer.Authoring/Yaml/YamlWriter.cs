using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrankMailer.Authoring.Yaml;

/// <summary>Writes JSON as YAML that people like to edit: keys in the order of the shape, small things on one line, lists one entry a line.</summary>
internal static class YamlWriter
{
    /// <param name="blocks">Keys whose map is written one key a line.</param>
    public static string Write(JsonObject document, YamlShape.Map shape, params ReadOnlySpan<string> blocks)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in Ordered(document, shape)) WriteEntry(text, key, value, shape.Keys.GetValueOrDefault(key), "", blocks.Contains(key));
        return text.ToString();
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Ordered(JsonObject map, YamlShape.Map? shape) =>
        map.Where(p => shape is null || !shape.Keys.ContainsKey(p.Key) || p.Value is not (null or JsonArray { Count: 0 } or JsonObject { Count: 0 }))
            .OrderBy(p => Rank(p.Key, shape));

    private static int Rank(string key, YamlShape.Map? shape)
    {
        var rank = 0;
        foreach (var known in shape?.Keys.Keys ?? [])
        {
            if (known == key) return rank;
            rank++;
        }
        return rank;
    }

    private static void WriteEntry(StringBuilder text, string key, JsonNode? value, YamlShape? shape, string indent, bool block)
    {
        text.Append(indent).Append(YamlScalars.Write(key)).Append(':');
        if (block && value is JsonObject map)
        {
            text.Append('\n');
            foreach (var (inner, innerValue) in Ordered(map, shape as YamlShape.Map))
                WriteEntry(text, inner, innerValue, (shape as YamlShape.Map)?.Keys.GetValueOrDefault(inner), indent + "  ", block: false);
        }
        else if (value is JsonArray { Count: > 0 } list && shape is YamlShape.ListOf of)
        {
            text.Append('\n');
            foreach (var item in list) text.Append(indent).Append("  - ").Append(Flow(item, of.Item)).Append('\n');
        }
        else if (value is JsonValue scalar && IsLongText(scalar, out var lines))
        {
            text.Append(" |-\n");
            foreach (var line in lines) text.Append(line.Length == 0 ? "" : indent + "  ").Append(line).Append('\n');
        }
        else text.Append(' ').Append(Flow(value, shape)).Append('\n');
    }

    /// <summary>Text of several lines that YAML's literal form carries unchanged.</summary>
    private static bool IsLongText(JsonValue value, out string[] lines)
    {
        lines = [];
        if (value.GetValueKind() != JsonValueKind.String || value.GetValue<string>() is not { } text || !text.Contains('\n')) return false;
        lines = text.Split('\n');
        return lines[0].Length > 0 && lines[^1].Length > 0 && lines[0][0] is not (' ' or '\t')
            && lines.All(l => l.Length == 0 || !string.IsNullOrWhiteSpace(l)) && text.All(c => c == '\n' || !char.IsControl(c) && c is not ('\u2028' or '\u2029' or '\uFEFF'));
    }

    private static string Flow(JsonNode? value, YamlShape? shape) => value switch
    {
        null => "null",
        JsonArray list => list.Count == 0 ? "[]" : $"[{string.Join(", ", list.Select(i => Flow(i, (shape as YamlShape.ListOf)?.Item)))}]",
        JsonObject map => Ordered(map, shape as YamlShape.Map).Select(p => $"{YamlScalars.Write(p.Key)}: {Flow(p.Value, (shape as YamlShape.Map)?.Keys.GetValueOrDefault(p.Key))}").ToList() is { Count: > 0 } entries
            ? "{ " + string.Join(", ", entries) + " }" : "{}",
        JsonValue scalar => YamlScalars.Write(scalar.Deserialize<JsonElement>()),
        _ => throw new InvalidOperationException($"No YAML for {value.GetType()}."),
    };
}
