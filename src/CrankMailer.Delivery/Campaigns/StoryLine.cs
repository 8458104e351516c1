using CrankMailer.Model.Ledger;

namespace CrankMailer.Delivery.Campaigns;

/// <summary>What became of one person in one campaign.</summary>
/// <param name="Sentence">Why they did or did not get it, fit to be read out to them.</param>
/// <param name="Delivery">Null where the person was left out.</param>
public sealed record StoryLine(
    int CampaignId, string Campaign, long SubscriberId, string? Email, string Sentence, LeftOutReason? LeftOut, DeliveryLine? Delivery, IReadOnlyList<Attempt> Attempts)
{
    /// <summary>What came back about it later: bounces, complaints; oldest first.</summary>
    public IReadOnlyList<FeedbackEntry> CameBack { get; init; } = [];
}
