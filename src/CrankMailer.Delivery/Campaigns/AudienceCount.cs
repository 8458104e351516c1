using CrankMailer.Model.Ledger;

namespace CrankMailer.Delivery.Campaigns;

/// <summary>How many would get it now, and how many of the chosen lists would not, by reason.</summary>
public sealed record AudienceCount(long Audience, IReadOnlyDictionary<LeftOutReason, long> LeftOut);
