using System.Text;
using System.Text.Json;

namespace CrankMailer.Authoring.Markdown;

/// <summary>Writes an attribute block that <see cref="AttributeReader"/> reads back. Nothing to say gives an empty text.</summary>
internal sealed class AttributeWriter
{
    /// <summary>Holds what has a name no attribute can have.</summary>
    public const string More = "more";

    private readonly List<string> tokens = [];
    private readonly Dictionary<string, JsonElement> more = [];

    public AttributeWriter Kind(string kind)
    {
        if (IsName(kind)) tokens.Add("." + kind);
        else Add("kind", kind);
        return this;
    }

    public AttributeWriter Id(string? id)
    {
        if (id is null) return this;
        if (IsName(id)) tokens.Add("#" + id);
        else Add("id", id);
        return this;
    }

    public AttributeWriter Add(string key, string? value)
    {
        if (value is not null) tokens.Add(IsBare(value) ? $"{key}={value}" : IsQuotable(value) ? $"{key}={Quote(value)}" : $"{key}:={Json(JsonSerializer.SerializeToElement(value))}");
        return this;
    }

    public AttributeWriter Add(string key, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String) return Add(key, value.GetString());
        tokens.Add($"{key}:={Json(value)}");
        return this;
    }

    /// <summary>Keys we do not know; those whose name would be misread go together into <c>more</c>.</summary>
    public AttributeWriter Unknown(IEnumerable<KeyValuePair<string, JsonElement>>? unknown, params ReadOnlySpan<string> taken)
    {
        foreach (var (key, value) in unknown ?? [])
            if (IsName(key) && key is not (More or ItemText.Raw or "kind" or "id") && !taken.Contains(key)) Add(key, value);
            else more[key] = value;
        return this;
    }

    public override string ToString()
    {
        if (more.Count > 0)
        {
            tokens.Add($"{More}:={Json(JsonSerializer.SerializeToElement(more))}");
            more.Clear();
        }
        return tokens.Count == 0 ? "" : "{" + string.Join(' ', tokens) + "}";
    }

    private static bool IsName(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool IsBare(string text) => text.Length > 0 && text.All(c => c is not ('{' or '}' or '"' or '=') && c > ' ' && !char.IsWhiteSpace(c));

    private static bool IsQuotable(string text) => text.All(c => c is not ('{' or '}') && !char.IsControl(c));

    private static string Quote(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";

    /// <summary>JSON on one line, braces inside strings as escapes, so that no hole can begin in it.</summary>
    public static string Json(JsonElement value)
    {
        var text = new StringBuilder();
        Json(value, text);
        return text.ToString();
    }

    private static void Json(JsonElement value, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{').AppendJoin(',', value.EnumerateObject().Select(p => $"{Text(JsonSerializer.Serialize(p.Name, Lines))}:{Json(p.Value)}")).Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[').AppendJoin(',', value.EnumerateArray().Select(Json)).Append(']');
                break;
            case JsonValueKind.String:
                text.Append(Text(JsonSerializer.Serialize(value, Lines)));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static readonly JsonSerializerOptions Lines = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Text(string json) => json.Replace("{", "\\u007b").Replace("}", "\\u007d");
}
