using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrankMailer.Model.Documents;

/// <summary>A picture as the issue names it. A credit without <see cref="Src"/> is a valid draft and blocks sending.</summary>
public sealed record IssueImage
{
    /// <summary>An https address, a file beside the issue file, or a path of a stored picture (<c>/m/{sha256}.{ext}</c>).</summary>
    public string? Src { get; init; }

    /// <summary>What the picture shows, for those who do not see it. Required before sending.</summary>
    public string? Alt { get; init; }
    public string? Credit { get; init; }
    public string? Caption { get; init; }

    /// <summary>Where a click on the picture leads.</summary>
    public string? Url { get; init; }

    /// <summary>Keys this version does not know (design §6: kept and warned of).</summary>
    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; init; }
}
