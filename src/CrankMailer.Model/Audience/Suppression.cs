namespace CrankMailer.Model.Audience;

public enum SuppressionReason { HardBounce, SoftBounces, Complaint, Operator, Import, Erased }

/// <summary>An address we must not mail, and why. Holds no address, only its keyed hash, so that it survives erasure (R111, R165).</summary>
public sealed class Suppression
{
    public long Id { get; set; }

    /// <summary>As <see cref="Subscriber.AddressHash"/>.</summary>
    public byte[] AddressHash { get; set; } = [];

    /// <summary>Null: no publication of the installation may mail it.</summary>
    public int? PublicationId { get; set; }
    public SuppressionReason Reason { get; set; }
    public DateTimeOffset At { get; set; }
    public int? CampaignId { get; set; }
    public int? UserId { get; set; }

    /// <summary>The reply or report that led to it, or the operator's words.</summary>
    public string? Note { get; set; }

    /// <summary>Lifted rows stay as history and no longer count.</summary>
    public DateTimeOffset? LiftedAt { get; set; }
}
