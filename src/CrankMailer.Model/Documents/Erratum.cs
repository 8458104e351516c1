namespace CrankMailer.Model.Documents;

/// <summary>A correction after publishing: kept beside the approved content, outside its hash.</summary>
public sealed record Erratum
{
    public DateTimeOffset At { get; init; }

    /// <summary>Id of the corrected item; null for the whole issue.</summary>
    public string? Item { get; init; }
    public string Text { get; init; } = "";
}
