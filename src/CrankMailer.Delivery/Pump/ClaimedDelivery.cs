namespace CrankMailer.Delivery.Pump;

/// <summary>A delivery this node holds, with what its message says of the person.</summary>
/// <param name="Attempts">SMTP transactions before this one.</param>
/// <param name="Attributes">Custom fields, a JSON object.</param>
internal sealed record ClaimedDelivery(
    int CampaignId, int PublicationId, long Id, long SubscriberId, int EditionId, string Address, string Provider, int Attempts,
    string? Name, string? FirstName, string? LastName, string Attributes)
{
    public DeliveryKey Key => new(CampaignId, Id);

    /// <summary>
    /// Whether this very claim asked for its hand-over. A row may be claimed anew after a lost lease, by the same process; then an older copy of it must
    /// not take back what the newer one has handed over.
    /// </summary>
    public bool HandOverAsked { get; set; }
}
