using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrankMailer.Model.Documents;

/// <summary>One line of the masthead. The e-mail is null where the draft's was obfuscated.</summary>
public sealed record MastheadEntry
{
    public string Role { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Email { get; init; }

    /// <summary>Keys this version does not know (design §6: kept and warned of).</summary>
    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; init; }
}
