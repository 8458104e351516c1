using CrankMailer.Scriban.Personal;

namespace CrankMailer.Rendering.Personal;

/// <summary>One recipient's values, for previews, tests and view online.</summary>
public sealed record PersonalValues : IPersonalValues
{
    /// <summary>Nobody: what the public page shows, where every personal link is absent (R131).</summary>
    public static PersonalValues None { get; } = new();

    public string? Email { get; init; }
    public string? Name { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
    public string? CampaignId { get; init; }
    public string? Unsubscribe { get; init; }
    public string? Preferences { get; init; }
    public string? ViewOnline { get; init; }
    public string? Archive { get; init; }

    PersonalValue IPersonalValues.Find(string path) => path switch
    {
        "subscriber.email" => PersonalValue.Of(Email),
        "subscriber.name" => PersonalValue.Of(Name),
        "subscriber.first_name" => PersonalValue.Of(FirstName),
        "subscriber.last_name" => PersonalValue.Of(LastName),
        "campaign.id" => PersonalValue.Of(CampaignId),
        "links.unsubscribe" => PersonalValue.Of(Unsubscribe),
        "links.preferences" => PersonalValue.Of(Preferences),
        "links.view_online" => PersonalValue.Of(ViewOnline),
        "links.archive" => PersonalValue.Of(Archive),
        _ when path.StartsWith("subscriber.attributes.", StringComparison.Ordinal) => PersonalValue.Of(Attributes.GetValueOrDefault(path[22..])),
        _ => PersonalValue.None,
    };
}
