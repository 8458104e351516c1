using CrankMailer.Model.Ledger;

namespace CrankMailer.Delivery.Campaigns;

/// <summary>One delivery with what the relay said last.</summary>
/// <param name="Email">Null after retention or erasure.</param>
public sealed record DeliveryLine(
    long Id, long SubscriberId, string? Email, string Provider, DeliveryState State, BounceClass? Class, int Attempts, DateTimeOffset? NotBefore, DateTimeOffset StateAt,
    string? LastPhase, int? LastCode, string? LastReply);
