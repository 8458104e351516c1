using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrankMailer.Model.Documents;

/// <summary>The JSON form of <see cref="Issue"/> and <see cref="Publication"/> (design §6): snake_case, absent values left out, null accepted.</summary>
public static class IssueJson
{
    public static JsonSerializerOptions Options { get; } = Make(indented: true);

    /// <summary>The same on one line: for the database, hashes and comparison.</summary>
    public static JsonSerializerOptions Compact { get; } = Make(indented: false);

    public static string Write(Issue issue) => JsonSerializer.Serialize(issue, Options);

    /// <exception cref="JsonException">The text is no issue; <see cref="JsonException.LineNumber"/> and path say where.</exception>
    public static Issue Read(string json) =>
        JsonSerializer.Deserialize<Issue>(json, Options) ?? throw new JsonException("An issue is a JSON object, not null.");

    private static JsonSerializerOptions Make(bool indented)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the text goes to files and the database, never into HTML unescaped
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            WriteIndented = indented,
            NewLine = "\n",
        };
        options.Converters.Add(new NullAsEmptyListConverterFactory());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
