using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrankMailer.Model.Documents;

/// <summary>A date: local time as printed and its IANA zone. <c>2026-06-18 17:00</c>, or <c>2026-06-18</c> for a whole day.</summary>
public sealed record IssueEvent
{
    public string? Id { get; init; }
    public string Title { get; init; } = "";
    public string? Url { get; init; }
    public string? Starts { get; init; }
    public string? Ends { get; init; }
    public string? Zone { get; init; }
    public string? Place { get; init; }
    public string? Note { get; init; }

    /// <summary>Keys this version does not know (design §6: kept and warned of).</summary>
    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; init; }
}
