namespace CrankMailer.Model.Ledger;

public enum OutboxState { Queued, Claimed, Handed, Accepted, Deferred, Failed }

/// <summary>A system mail (confirmation, preference link, test, alert): drained by Delivery in a lane ahead of bulk (design §2).</summary>
public sealed class OutboxMail
{
    public long Id { get; set; }

    /// <summary><c>confirm</c>, <c>welcome</c>, <c>preferences</c>, <c>test</c>, <c>alert</c> …</summary>
    public string Kind { get; set; } = "";
    public int? PublicationId { get; set; }
    public long? SubscriberId { get; set; }
    public string ToName { get; set; } = "";
    public string ToAddress { get; set; } = "";
    public string Subject { get; set; } = "";
    public string Html { get; set; } = "";
    public string Text { get; set; } = "";

    /// <summary>Only for a test of a campaign mail: the headers of groups C are shown as they would be.</summary>
    public int? EditionId { get; set; }
    public OutboxState State { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? NotBefore { get; set; }
    public DateTimeOffset? LeasedUntil { get; set; }
    public string? Owner { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset StateAt { get; set; }

    /// <summary>Last reply, all lines.</summary>
    public string? Reply { get; set; }

    /// <summary>Made in capture mode; never goes to a real relay.</summary>
    public bool Capture { get; set; }
}
