using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrankMailer.Console.Pages.Editor;

/// <summary>The fields of a difference, as a person reads them: no JSON.</summary>
internal static class FieldWords
{
    public static string Title(string field) => field switch
    {
        "alt" => "what the picture shows",
        "src" => "picture",
        "url" => "address",
        "lang" => "language",
        "image" => "picture",
        _ => field.Replace('_', ' '),
    };

    /// <summary>Null where there is nothing to show.</summary>
    public static string? Text(string? value)
    {
        if (string.IsNullOrEmpty(value)) return null;
        if (value[0] is not ('{' or '[')) return value;
        try
        {
            return Of(JsonNode.Parse(value)) is { Length: > 0 } text ? text : null;
        }
        catch (JsonException)
        {
            return value; // a text that begins with a bracket
        }
    }

    private static string Of(JsonNode? node) => node switch
    {
        JsonArray items => string.Join('\n', items.Select(Of)),
        JsonObject fields => string.Join(", ", fields.Where(f => f.Value is not null).Select(f => Of(f.Value))),
        _ => node?.ToString() ?? "",
    };
}
