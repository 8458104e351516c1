namespace CrankMailer.Delivery.Campaigns;

/// <summary>Who shall get a campaign: everybody on one of the lists, but nobody who is on one of the excluded ones.</summary>
/// <param name="Lists">Ids of lists of the campaign's publication.</param>
/// <param name="Excluded">Likewise; may be empty.</param>
public sealed record AudienceChoice(IReadOnlyList<int> Lists, IReadOnlyList<int> Excluded);
