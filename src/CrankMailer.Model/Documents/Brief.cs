using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrankMailer.Model.Documents;

/// <summary>One or two sentences, then the sources.</summary>
public sealed record Brief
{
    public string? Id { get; init; }
    public string Text { get; init; } = "";
    public IReadOnlyList<Source> Sources { get; init; } = [];

    /// <summary>Keys this version does not know (design §6: kept and warned of).</summary>
    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>A cited publisher. Without an address it is printed as plain text and the check warns.</summary>
public sealed record Source
{
    public string Name { get; init; } = "";
    public string? Url { get; init; }

    /// <summary>Keys this version does not know (design §6: kept and warned of).</summary>
    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; init; }
}
