using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrankMailer.Model.Documents;

/// <summary>A piece to read elsewhere. The byline is the printed line; it is never split for storage.</summary>
public sealed record Reading
{
    public string? Id { get; init; }
    public string Title { get; init; } = "";
    public string? Url { get; init; }

    /// <summary>Language of the title where it differs from the issue's.</summary>
    public string? Lang { get; init; }
    public string? Byline { get; init; }

    /// <summary>Keys this version does not know (design §6: kept and warned of).</summary>
    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; init; }
}
