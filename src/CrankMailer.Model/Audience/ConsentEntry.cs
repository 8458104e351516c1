namespace CrankMailer.Model.Audience;

public enum ConsentKind { Asked, Confirmed, Imported, Paused, Resumed, Left, Undone, Erased }

/// <summary>Proof of what a person agreed to, and when (R160). Append-only.</summary>
public sealed class ConsentEntry
{
    public long Id { get; set; }
    public long SubscriberId { get; set; }
    public int? ListId { get; set; }
    public ConsentKind Kind { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>Where it came from: <c>form:harbor-brief</c>, <c>link</c>, <c>one-click</c>, <c>import:readers.csv</c>, <c>console</c>.</summary>
    public string Source { get; set; } = "";

    /// <summary>Version of the wording that was agreed to.</summary>
    public string? TextVersion { get; set; }

    /// <summary>The network, cut to /24 or /48 (R154).</summary>
    public string? Network { get; set; }
    public string? UserAgent { get; set; }
    public int? CampaignId { get; set; }
    public string? Note { get; set; }
}
