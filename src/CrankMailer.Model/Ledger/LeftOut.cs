namespace CrankMailer.Model.Ledger;

/// <summary>The closed list of reasons why a subscriber of the chosen lists is not in the audience.</summary>
public enum LeftOutReason { Unconfirmed, Unsubscribed, Paused, Suppressed, Excluded, Erased, InvalidAddress, DuplicateAddress }

/// <summary>Somebody of the chosen lists who does not get the campaign, and why. Key: (campaign, subscriber).</summary>
public sealed class LeftOut
{
    public int CampaignId { get; set; }
    public long SubscriberId { get; set; }
    public LeftOutReason Reason { get; set; }
}
