using CrankMailer.Model.Documents;

namespace CrankMailer.Delivery.Compose;

/// <summary>The domains a publication's mail bears.</summary>
internal static class MailDomains
{
    /// <summary>Of the From address: DKIM and the envelope align with it.</summary>
    public static string Sender(string fromEmail) => fromEmail[(fromEmail.LastIndexOf('@') + 1)..].ToLowerInvariant();

    /// <summary>Of the envelope sender (R37, R64).</summary>
    public static string Bounce(string fromEmail, DeliveryOptions options) => options.BounceDomain ?? Sender(fromEmail);

    /// <summary>Stable over campaigns (R46): <c>harbor-brief.news.example.org</c>.</summary>
    public static string ListId(Publication publication, string fromEmail) => $"{publication.Slug}.{Sender(fromEmail)}";
}
