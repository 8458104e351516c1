using CrankMailer.Model.Documents;
using CrankMailer.Rendering.Prose;
using CrankMailer.Rendering.Wording;

namespace CrankMailer.Rendering.Views;

/// <summary>Publication → <c>publication.*</c>.</summary>
internal static class PublicationViews
{
    /// <param name="copyright">The copyright line, its pattern already filled in.</param>
    public static PublicationView Of(Publication publication, Medium medium, PublicAddress address, string? copyright)
    {
        var place = new Place("publication");
        return new PublicationView
        {
            Slug = medium.Plain(publication.Slug),
            Name = medium.Plain(publication.Name),
            Tagline = Optional(publication.Tagline, medium),
            Lang = medium.Plain(Language.Of(publication.Lang).Tag),
            Url = medium.Plain(address.Page),
            ArchiveUrl = medium.Plain(address.At("archive")),
            ContactCardUrl = medium.Plain(address.At("contact.vcf")),
            Sender = new SenderView(Optional(publication.Sender.Name, medium), Optional(publication.Sender.Email, medium)),
            Organisation = Organisation(publication, medium, place.Field("organisation")),
            Copyright = Optional(copyright, medium),
            Social = [.. publication.Social.Select((s, i) => Social(s, medium, place.Field($"social[{i}].url"))).OfType<SocialView>()],
            Why = Optional(publication.Why, medium),
        };
    }

    private static OrganisationView Organisation(Publication publication, Medium medium, Place place)
    {
        var organisation = publication.Organisation;
        return new OrganisationView
        {
            Name = medium.Plain(string.IsNullOrWhiteSpace(organisation.Name) ? publication.Name : organisation.Name),
            PostalAddress = [.. organisation.PostalAddress.Where(l => !string.IsNullOrWhiteSpace(l)).Select(medium.Plain)],
            Website = medium.Address(organisation.Website, place.Field("website")),
            ImprintUrl = medium.Address(organisation.ImprintUrl, place.Field("imprint_url")),
            PrivacyUrl = medium.Address(organisation.PrivacyUrl, place.Field("privacy_url")),
            Contact = Optional(organisation.Contact, medium),
            ContactUrl = medium.Address(ContactUrl(organisation.Contact), place.Field("contact")),
        };
    }

    private static SocialView? Social(SocialLink social, Medium medium, Place place)
    {
        var label = social.Label is { Length: > 0 } own ? own : social.Network;
        return medium.Address(social.Url, place) is { } url && !string.IsNullOrWhiteSpace(label)
            ? new SocialView(medium.Plain(social.Network), url, medium.Plain(label)) : null;
    }

    private static string? ContactUrl(string? contact) =>
        contact is null || contact.Contains("://", StringComparison.Ordinal) || !contact.Contains('@') ? contact : "mailto:" + contact.Trim();

    private static string? Optional(string? value, Medium medium) => string.IsNullOrWhiteSpace(value) ? null : medium.Plain(value);
}
