using CrankMailer.Model.Documents;
using CrankMailer.Rendering.Wording;
using CrankMailer.Scriban.Personal;

namespace CrankMailer.Rendering.Personal;

/// <summary>The names of phase 2 (design §4), and how an edition's texts are compiled for it: the same for check, preview and delivery.</summary>
public static class PersonalNames
{
    /// <summary>Every name a hole may read. An unknown one is an error at check time and empty at send time.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        "subscriber.email", "subscriber.name", "subscriber.first_name", "subscriber.last_name", "subscriber.attributes.*", "campaign.id",
        "links.unsubscribe", "links.preferences", "links.view_online", "links.archive",
    ];

    /// <param name="medium">HTML or text.</param>
    /// <param name="publication">Only its own hosts may be sent a personal value in a URL.</param>
    /// <param name="installation">Root of this installation.</param>
    public static PersonalSyntax Syntax(PersonalMedium medium, Publication publication, string? installation)
    {
        var address = PublicAddress.Of(publication, installation);
        return new PersonalSyntax
        {
            Medium = medium,
            UrlHosts = [.. new[] { address.Page, address.Root, installation }
                .Select(u => Uri.TryCreate(u, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri.Host : null).OfType<string>().Distinct()],
        };
    }
}
