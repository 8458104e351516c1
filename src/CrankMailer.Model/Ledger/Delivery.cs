namespace CrankMailer.Model.Ledger;

public enum DeliveryState { Queued, Claimed, Handed, Accepted, Deferred, Bounced, Uncertain, Suppressed, Cancelled, Captured }

/// <summary>Why a delivery ended as it did (R84, R85, R91).</summary>
public enum BounceClass { Hard, Soft, Block, Config }

/// <summary>One recipient of a campaign. Key: (campaign, id); unique by (campaign, subscriber): nobody is mailed twice.</summary>
public sealed class Delivery
{
    public int CampaignId { get; set; }

    /// <summary>1, 2, 3 … in the order of freezing. Message-ID, VERP and tokens derive from it.</summary>
    public long Id { get; set; }
    public long SubscriberId { get; set; }
    public int EditionId { get; set; }

    /// <summary>Envelope address as frozen. Null after retention or erasure.</summary>
    public string? Address { get; set; }

    /// <summary>Group of the receiving provider, such as <c>google</c>; the domain where none is known.</summary>
    public string Provider { get; set; } = "";
    public DeliveryState State { get; set; }

    /// <summary>Set for <c>bounced</c>, and for <c>deferred</c> the class it would end in.</summary>
    public BounceClass? Class { get; set; }
    public int Attempts { get; set; }

    /// <summary>Not to be tried before; null is at once.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>A claim is the owner's until then (rule 3).</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>Node that holds the claim.</summary>
    public string? Owner { get; set; }

    /// <summary>When it came into <see cref="State"/>.</summary>
    public DateTimeOffset StateAt { get; set; }
}
