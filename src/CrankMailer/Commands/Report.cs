using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrankMailer.Model;

namespace CrankMailer.Commands;

/// <summary>How commands speak: results on stdout, problems on stderr, both as JSON where asked.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        WriteIndented = true,
    };

    private static readonly JsonSerializerOptions JsonLine = new(Json) { WriteIndented = false };

    public static void Write<T>(T value) => System.Console.Out.WriteLine(JsonSerializer.Serialize(value, Json));

    /// <summary>One object on one line.</summary>
    public static void WriteLine<T>(T value) => System.Console.Out.WriteLine(JsonSerializer.Serialize(value, JsonLine));

    /// <summary>Problems on stderr, one a line.</summary>
    /// <returns>The exit code they lead to.</returns>
    public static int Problems(IEnumerable<Problem> problems, bool json = false)
    {
        var all = problems.ToList();
        if (json) System.Console.Error.WriteLine(JsonSerializer.Serialize(all, Json));
        else foreach (var problem in all) System.Console.Error.WriteLine(problem);
        return all.Exists(p => p.Severity == Severity.Error) ? ExitCodes.Refused : ExitCodes.Done;
    }

    public static int Refuse(string text)
    {
        System.Console.Error.WriteLine($"error: {text}");
        return ExitCodes.Refused;
    }
}
