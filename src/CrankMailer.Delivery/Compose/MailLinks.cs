using CrankMailer.Mail.Headers;
using CrankMailer.Model.Documents;
using CrankMailer.Rendering.Wording;

namespace CrankMailer.Delivery.Compose;

/// <summary>
/// Where a mail's links lead. The header must name https (R40), so it always has the publication's public address; the body may have another base, for a
/// demonstration on localhost.
/// </summary>
internal sealed class MailLinks
{
    public MailLinks(Publication publication, DeliveryOptions options)
    {
        var address = PublicAddress.Of(publication, options.InstallationUrl);
        HeaderRoot = ToAscii(address.Root);
        Page = ToAscii(address.Page);
        var local = options.LinkBase?.TrimEnd('/');
        BodyRoot = local ?? address.Root;
        BodyArchive = local is null ? address.At("archive") : $"{local}/{publication.Slug}/archive";
    }

    /// <summary>Root of the token links in headers, without a slash at the end.</summary>
    public string HeaderRoot { get; }

    /// <summary>The publication's public page.</summary>
    public string Page { get; }

    /// <summary>Root of the token links in the body.</summary>
    public string BodyRoot { get; }

    public string BodyArchive { get; }

    /// <summary>A header holds ASCII only (R8, R73). What is no address at all stays as it is: only a sample can be made of it.</summary>
    private static string ToAscii(string address) => HeaderUri.TryCreate(address, out var uri, out _) ? uri.Value.TrimEnd('/') : address;
}
