namespace CrankMailer.Audience.Import;

/// <summary>The words by which files say a state.</summary>
internal static class ImportStates
{
    /// <summary>A word we do not know is not taken for consent.</summary>
    public static ImportedState Of(string? word) => word?.Trim().ToLowerInvariant() switch
    {
        null or "" or "active" or "enabled" or "subscribed" or "confirmed" => ImportedState.Subscribed,
        "paused" => ImportedState.Paused,
        "unsubscribed" or "disabled" or "left" => ImportedState.Left,
        "cleaned" or "bounced" or "blocklisted" or "blocked" or "complained" or "suppressed" => ImportedState.Suppressed,
        _ => ImportedState.Pending,
    };
}
