namespace CrankMailer.Model.Audience;

public enum SubscriptionState { Pending, Active, Paused, Unsubscribed }

/// <summary>A subscriber's link to a list, with its consent state. Key: (list, subscriber).</summary>
public sealed class Subscription
{
    public int ListId { get; set; }
    public long SubscriberId { get; set; }
    public SubscriptionState State { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ConfirmedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The campaign whose one-click link ended it.</summary>
    public int? EndedByCampaignId { get; set; }

    /// <summary>Where <see cref="SubscriptionState.Paused"/>: back to active from then on.</summary>
    public DateTimeOffset? PausedUntil { get; set; }
}
