namespace CrankMailer.Delivery.Campaigns;

/// <summary>An approved issue to be sent.</summary>
/// <param name="EditionIds">One, or one for each language; each approved by its hash.</param>
/// <param name="Name">As the console lists it; empty takes the issue's title.</param>
public sealed record NewCampaign(int IssueId, IReadOnlyList<int> EditionIds, string Name, AudienceChoice Audience);
