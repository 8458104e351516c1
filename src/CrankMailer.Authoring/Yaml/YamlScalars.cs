using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CrankMailer.Authoring.Yaml;

/// <summary>Single values: what a plain word means (YAML 1.2 core schema, numbers as JSON writes them), and how a text is written.</summary>
internal static partial class YamlScalars
{
    [GeneratedRegex(@"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$")]
    private static partial Regex Number { get; }

    [GeneratedRegex(@"^(?:[\p{L}](?:[\p{L}\p{N} ./@_-]*[\p{L}\p{N}./@_-])?|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?)$")]
    private static partial Regex Plain { get; }

    [GeneratedRegex(@"^(?:null|true|false|yes|no|on|off|y|n)$", RegexOptions.IgnoreCase)]
    private static partial Regex Word { get; }

    public static bool IsNull(string? plain) => plain is null or "" or "~" or "null" or "Null" or "NULL";

    public static JsonNode? Resolve(string? plain) => plain switch
    {
        _ when IsNull(plain) => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        { } text when Number.IsMatch(text) => JsonNode.Parse(text),
        _ => JsonValue.Create(plain),
    };

    public static string Write(JsonElement scalar) => scalar.ValueKind == JsonValueKind.String ? Write(scalar.GetString() ?? "") : scalar.GetRawText();

    /// <summary>Plain where no YAML reader can mistake it, else in double quotes on one line.</summary>
    public static string Write(string text)
    {
        if (text.Length < 200 && Plain.IsMatch(text) && !Word.IsMatch(text)) return text;
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
            _ = rune.Value switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append(@"\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                < 0x20 or (>= 0x7F and < 0xA0) or 0x2028 or 0x2029 or 0xFEFF or 0xFFFE or 0xFFFF => quoted.Append($"\\u{rune.Value:X4}"),
                _ => quoted.Append(rune.ToString()),
            };
        return quoted.Append('"').ToString();
    }
}
