using CrankMailer.Feedback.Reading;
using CrankMailer.Model.Ledger;

namespace CrankMailer.Feedback;

/// <summary>What became of one report.</summary>
/// <param name="CampaignId">Null where it is about a system mail, or nobody of ours.</param>
/// <param name="Outcome">Null where nothing was kept: it says nothing we have a use for.</param>
/// <param name="SeenBefore">The same thing was told before; it was counted then.</param>
public sealed record HandledReport(Report Report, int? CampaignId, long? DeliveryId, FeedbackOutcome? Outcome, bool SeenBefore);
