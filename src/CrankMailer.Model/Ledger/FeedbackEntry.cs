namespace CrankMailer.Model.Ledger;

public enum FeedbackKind { Bounce, Complaint, AuthReport, AutoReply, Delivered }

/// <summary>What followed from a report.</summary>
public enum FeedbackOutcome
{
    /// <summary>Nothing but this entry.</summary>
    Noted,

    /// <summary>Nobody of ours could be found for it by a signed token, so nothing may follow (R102, R109).</summary>
    Unmapped,

    /// <summary>It showed that an uncertain delivery had arrived at the next server.</summary>
    Settled,

    /// <summary>The delivery, or the system mail, bounced.</summary>
    Bounced,

    /// <summary>The address is not mailed any more.</summary>
    Suppressed,
}

/// <summary>One thing that came back about a delivery or a system mail: the evidence of its bounce or complaint. The same thing told twice is one entry.</summary>
public sealed class FeedbackEntry
{
    public long Id { get; set; }
    public FeedbackKind Kind { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>The way it came in: <c>pipe</c>, <c>listener</c>, <c>mailbox</c>, <c>webhook</c> …</summary>
    public string Source { get; set; } = "";

    /// <summary>Null where it is about a system mail, or unmapped.</summary>
    public int? CampaignId { get; set; }
    public long? DeliveryId { get; set; }
    public long? OutboxMailId { get; set; }
    public long? SubscriberId { get; set; }

    /// <summary>For a bounce.</summary>
    public BounceClass? Class { get; set; }

    /// <summary>A delay note: tells of something that is not decided yet, and counts nothing (R103).</summary>
    public bool Delayed { get; set; }

    /// <summary>Enhanced status code (RFC 3463).</summary>
    public string? Status { get; set; }

    /// <summary>Class by the reply rules, or the kind of complaint.</summary>
    public string? Reason { get; set; }

    /// <summary>What the server said, one line.</summary>
    public string? Diagnostic { get; set; }

    /// <summary>The address the report names, only where it is unmapped: somebody must find out whose it is.</summary>
    public string? Address { get; set; }

    public FeedbackOutcome Outcome { get; set; }

    /// <summary>SHA-256 of what is told about whom; unique.</summary>
    public byte[] Digest { get; set; } = [];
}
