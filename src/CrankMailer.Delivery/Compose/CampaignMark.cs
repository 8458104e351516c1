namespace CrankMailer.Delivery.Compose;

/// <summary>What a message says of the campaign it belongs to.</summary>
/// <param name="Id">0 for a test mail.</param>
/// <param name="Audience">For Feedback-ID: the list's slug, <c>lists</c> for several, <c>test</c>.</param>
/// <param name="Since">When it was made: by the token key of that time the Message-IDs are made, however late a retry is (R13).</param>
internal sealed record CampaignMark(int Id, string Audience, DateTimeOffset Since);
