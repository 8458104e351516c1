using CrankMailer.Model.Ledger;

namespace CrankMailer.Delivery.Campaigns;

/// <summary>Somebody of the chosen lists who does not get it.</summary>
/// <param name="Email">Null for an erased person.</param>
public sealed record LeftOutPerson(long SubscriberId, string? Name, string? Email, LeftOutReason Reason);
