using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrankMailer.Model.Documents;

/// <summary>Chooses the section's type by <c>kind</c>, wherever it stands in the object; an unknown kind is kept whole.</summary>
internal sealed class SectionJsonConverter : JsonConverter<Section>
{
    public override Section Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new JsonException("A section is a JSON object.");
        if (!root.TryGetProperty("kind", out var kind) || kind.ValueKind != JsonValueKind.String)
            throw new JsonException("A section needs a \"kind\": stories, briefs, readings, events, prose, picture or button.");
        return kind.GetString() switch
        {
            "stories" => Get<StoriesSection>(root, options),
            "briefs" => Get<BriefsSection>(root, options),
            "readings" => Get<ReadingsSection>(root, options),
            "events" => Get<EventsSection>(root, options),
            "prose" => Get<ProseSection>(root, options),
            "picture" => Get<PictureSection>(root, options),
            "button" => Get<ButtonSection>(root, options),
            var other => Unknown(other ?? "", root),
        };
    }

    public override void Write(Utf8JsonWriter writer, Section value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, value.GetType(), options);

    private static Section Get<T>(JsonElement root, JsonSerializerOptions options) where T : Section
    {
        // Kind is a read-only property of the type, so it is neither set nor taken for an unknown key.
        var section = root.Deserialize<T>(options) ?? throw new JsonException("A section is a JSON object.");
        return section;
    }

    private static UnknownSection Unknown(string kind, JsonElement root)
    {
        var rest = new Dictionary<string, JsonElement>();
        foreach (var property in root.EnumerateObject())
            if (property.Name is not ("kind" or "id" or "heading" or "lead" or "tail")) rest[property.Name] = property.Value.Clone();
        return new UnknownSection(kind)
        {
            Id = Text(root, "id"), Heading = Text(root, "heading"), Lead = Text(root, "lead"), Tail = Text(root, "tail"),
            Unknown = rest.Count > 0 ? rest : null,
        };
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
