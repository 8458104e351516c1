namespace CrankMailer.Model.Ledger;

/// <summary>
/// The books: how many deliveries of a campaign a node brought into (positive) and out of (negative) a state. Key: (campaign, node, state).
/// Changed in the same transaction as the rows; the sum over nodes is the number of rows in the state (rule 4).
/// </summary>
public sealed class CampaignCounter
{
    public int CampaignId { get; set; }
    public string Node { get; set; } = "";
    public DeliveryState State { get; set; }
    public long Count { get; set; }
}
