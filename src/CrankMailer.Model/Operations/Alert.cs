namespace CrankMailer.Model.Operations;

/// <summary>Something an operator should look at.</summary>
public sealed class Alert
{
    public long Id { get; set; }
    public DateTimeOffset At { get; set; }
    public Severity Severity { get; set; }

    /// <summary>Stable short name such as <c>relay-down</c>; an open alert of the same kind and subject is not made twice.</summary>
    public string Kind { get; set; } = "";
    public string Text { get; set; } = "";
    public int? PublicationId { get; set; }
    public int? CampaignId { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public int? ClosedById { get; set; }
}
