using CrankMailer.Mail.Headers;
using CrankMailer.Model.Documents;
using EmailAddress = CrankMailer.Mail.Headers.EmailAddress;

namespace CrankMailer.Delivery.Compose;

/// <summary>The domains a publication's mail bears, all as A-labels (R73).</summary>
internal static class MailDomains
{
    /// <summary>RFC 1035 2.3.4; a slug may have one more.</summary>
    private const int MaxLabel = 63;

    /// <summary>Of the From address: DKIM and the envelope align with it.</summary>
    /// <exception cref="ArgumentException">The sender is no address.</exception>
    public static string Sender(string fromEmail) => EmailAddress.Create(fromEmail).Domain;

    /// <summary>Of the envelope sender (R37, R64).</summary>
    /// <exception cref="ArgumentException">The setting is no domain.</exception>
    public static string Bounce(string fromEmail, DeliveryOptions options)
    {
        if (options.BounceDomain is not { } set) return Sender(fromEmail);
        return DomainName.TryToAscii(set, out var domain, out var problem) ? domain : throw new ArgumentException($"The setting Delivery:BounceDomain is \"{set}\": {problem}");
    }

    /// <summary>Stable over campaigns (R46): <c>harbor-brief.news.example.org</c>.</summary>
    public static string ListId(Publication publication, string fromEmail) =>
        $"{(publication.Slug.Length > MaxLabel ? publication.Slug[..MaxLabel].TrimEnd('-') : publication.Slug)}.{Sender(fromEmail)}";

    /// <summary>RFC 7489 3.1.1, relaxed, as far as that can be said without a list of public suffixes: one is the other, or within it.</summary>
    public static bool Align(string signing, string fromEmail)
    {
        var sender = Sender(fromEmail);
        return sender == signing || sender.EndsWith("." + signing, StringComparison.Ordinal) || signing.EndsWith("." + sender, StringComparison.Ordinal);
    }
}
