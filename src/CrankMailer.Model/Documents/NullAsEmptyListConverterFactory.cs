using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrankMailer.Model.Documents;

/// <summary>A list that is null or left out reads as empty; an empty list is written, so that "none" is visible.</summary>
internal sealed class NullAsEmptyListConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter?)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(type.GetGenericArguments()[0]))
        ?? throw new InvalidOperationException($"No converter for {type}.");

    private sealed class Converter<T> : JsonConverter<IReadOnlyList<T>>
    {
        public override bool HandleNull => true;

        public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? [] : JsonSerializer.Deserialize<T[]>(ref reader, options) ?? [];

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var item in value ?? []) JsonSerializer.Serialize(writer, item, options);
            writer.WriteEndArray();
        }
    }
}
