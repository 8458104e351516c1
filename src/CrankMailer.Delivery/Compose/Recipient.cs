namespace CrankMailer.Delivery.Compose;

/// <summary>Whom a mail is for, and the ids its tokens bear.</summary>
/// <param name="DeliveryId">0 for a test mail.</param>
/// <param name="Attributes">Custom fields, a JSON object.</param>
public sealed record Recipient(
    int PublicationId, int CampaignId, long DeliveryId, long SubscriberId, string Address, string? Name, string? FirstName, string? LastName, string Attributes);
