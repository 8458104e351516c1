namespace CrankMailer.Delivery.Campaigns;

/// <summary>A change of a campaign as the audit tells it.</summary>
/// <param name="Action">Such as <c>campaign.paused</c>.</param>
/// <param name="UserId">Null for a command on the machine, or the system itself.</param>
internal sealed record CampaignMove(string Action, int CampaignId, int? UserId, string? Detail = null);
