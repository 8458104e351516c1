namespace CrankMailer.Model.Operations;

/// <summary>Who did what (R172). Append-only.</summary>
public sealed class AuditEntry
{
    public long Id { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>Null for a command on the machine itself, or the system.</summary>
    public int? UserId { get; set; }

    /// <summary>Such as <c>campaign.paused</c>, <c>issue.approved</c>.</summary>
    public string Action { get; set; } = "";

    /// <summary>Such as <c>campaign:12</c>.</summary>
    public string Subject { get; set; } = "";
    public string? Detail { get; set; }
}
