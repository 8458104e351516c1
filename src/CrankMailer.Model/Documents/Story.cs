using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrankMailer.Model.Documents;

/// <summary>A highlight: headline and a body of as many paragraphs as wanted.</summary>
public sealed record Story
{
    public string? Id { get; init; }
    public string Headline { get; init; } = "";
    public string Body { get; init; } = "";
    public string? Url { get; init; }
    public string? Byline { get; init; }
    public IssueImage? Image { get; init; }

    /// <summary>Keys this version does not know (design §6: kept and warned of).</summary>
    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; init; }
}
