namespace CrankMailer.Model.Ledger;

public enum AttemptVerdict { Accepted, Deferred, Bounced, Misconfigured, Unknown, Captured }

/// <summary>One SMTP transaction for a delivery (R92). Key: (campaign, delivery, number).</summary>
public sealed class Attempt
{
    public int CampaignId { get; set; }
    public long DeliveryId { get; set; }

    /// <summary>From 1.</summary>
    public int Number { get; set; }
    public DateTimeOffset At { get; set; }
    public AttemptVerdict Verdict { get; set; }

    /// <summary><c>connect</c>, <c>ehlo</c>, <c>mail</c>, <c>rcpt</c>, <c>data</c>, <c>final-dot</c> …</summary>
    public string Phase { get; set; } = "";

    /// <summary>Reply code; null where none came.</summary>
    public int? Code { get; set; }

    /// <summary>Enhanced status code such as <c>5.1.1</c>.</summary>
    public string? EnhancedCode { get; set; }

    /// <summary>All lines of the reply, or what happened to the connection.</summary>
    public string? Reply { get; set; }

    /// <summary>Class by the reply rules.</summary>
    public string? Class { get; set; }

    /// <summary>Relay's name and remote address.</summary>
    public string? Remote { get; set; }
    public string? Tls { get; set; }
}
