using CrankMailer.Model.Publications;

namespace CrankMailer.Public;

/// <summary>What the pages show of a publication. Addresses from settings are linked only where they are http(s) or mail.</summary>
internal static class PublicationModel
{
    public static Dictionary<string, object?> Of(PublicationRow row)
    {
        var p = row.Document;
        var contact = p.Organisation.Contact;
        return new Dictionary<string, object?>
        {
            ["slug"] = row.Slug, ["name"] = p.Name, ["tagline"] = p.Tagline, ["lang"] = p.Lang, ["why"] = p.Why,
            ["organisation"] = p.Organisation.Name ?? p.Name, ["postal_address"] = p.Organisation.PostalAddress,
            ["website"] = Web(p.Organisation.Website), ["imprint_url"] = Web(p.Organisation.ImprintUrl), ["privacy_url"] = Web(p.Organisation.PrivacyUrl),
            ["contact"] = contact, ["contact_url"] = contact is not null && Model.EmailAddress.Parse(contact) is { } mail ? $"mailto:{mail.Wire}" : Web(contact),
            ["sender"] = p.Sender.Email,
        };
    }

    public static string? Web(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is ("https" or "http") ? url : null;
}
