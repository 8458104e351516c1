using System.Text.Json;

namespace CrankMailer.Audience.Import;

/// <summary>One JSON object a line: <c>{"email": …, "name": …, "attributes": {…}, "state": …}</c>.</summary>
internal static class JsonLineRows
{
    private const int MaxLine = 256 * 1024;

    public static IEnumerable<ImportRow> Read(Stream file)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            yield return text.Length > MaxLine ? new ImportRow(line, $"the line is longer than {MaxLine / 1024} KB.") : RowOf(text, line);
        }
    }

    private static ImportRow RowOf(string text, int line)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return new ImportRow(line, "this is JSON, but no object: write {\"email\": \"…\"}.");
            return new ImportRow(line)
            {
                Email = Text(root, "email"), Name = Text(root, "name"), FirstName = Text(root, "first_name"), LastName = Text(root, "last_name"),
                Lang = Text(root, "lang"), TimeZone = Text(root, "time_zone"), List = Text(root, "list"),
                Attributes = root.TryGetProperty("attributes", out var attributes) && attributes.ValueKind == JsonValueKind.Object ? attributes.GetRawText() : null,
                State = ImportStates.Of(Text(root, "state")), ConsentAt = ImportColumns.Instant(Text(root, "consent_at") ?? Text(root, "confirmed_at")),
            };
        }
        catch (JsonException problem)
        {
            return new ImportRow(line, $"this is not JSON (at character {problem.BytePositionInLine + 1}): write one object a line.");
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString()?.Trim() is { Length: > 0 } text ? text : null;
}
