using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrankMailer.Model.Documents;

/// <summary>A correction after publishing: kept beside the approved content, outside its hash.</summary>
public sealed record Erratum
{
    public DateTimeOffset At { get; init; }

    /// <summary>Id of the corrected item; null for the whole issue.</summary>
    public string? Item { get; init; }
    public string Text { get; init; } = "";

    /// <summary>Keys this version does not know (design §6: kept and warned of).</summary>
    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; init; }
}
