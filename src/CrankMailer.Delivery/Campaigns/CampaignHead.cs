using CrankMailer.Model.Ledger;

namespace CrankMailer.Delivery.Campaigns;

/// <summary>A campaign as a list shows it.</summary>
/// <param name="Audience">Deliveries frozen so far; final once <paramref name="FrozenAt"/> is set.</param>
public sealed record CampaignHead(
    int Id, int PublicationId, int IssueId, string Name, CampaignState State, string? StateReason, DateTimeOffset? StartsAt, string TimeZone,
    DateTimeOffset? StartedAt, DateTimeOffset? FrozenAt, DateTimeOffset? DoneAt, long Audience, bool Capture, DateTimeOffset CreatedAt);
