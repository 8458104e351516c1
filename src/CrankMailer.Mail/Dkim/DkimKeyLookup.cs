using CrankMailer.Mail.Dns;

namespace CrankMailer.Mail.Dkim;

/// <summary>Key records as DNS holds them (RFC 6376 3.6.2), and whether one is that of our key.</summary>
public sealed class DkimKeyLookup(IDnsLookup dns)
{
    /// <summary>For <see cref="DkimVerifier.VerifyAsync"/>: the record at a name such as s1._domainkey.example.org, or null.</summary>
    /// <exception cref="DnsFailureException">It cannot be known now.</exception>
    public async ValueTask<string?> FindAsync(string name, CancellationToken ct)
    {
        var texts = (await dns.AskAsync(name, DnsType.Txt, ct)).OfType<DnsRecord.Text>().Select(record => record.Value).ToList();
        // With several the result is undefined; a wildcard's SPF or other text beside the key is common.
        return texts.Find(text => DkimTags.Parse(text)?.Find("p") is not null) ?? texts.FirstOrDefault();
    }

    /// <summary>Why receivers could not verify with what is published, or null where they can.</summary>
    /// <param name="name">Where the record belongs.</param>
    /// <param name="published">What was found there.</param>
    /// <param name="wanted">The record to publish.</param>
    public static string? FindMismatch(string name, string? published, string wanted)
    {
        if (published is null) return $"There is no TXT record at {name} yet.";
        if (DkimTags.Parse(published) is not { } found) return $"The TXT record at {name} cannot be read as a DKIM key: {published}";
        if (found.FindCompact("p") is "") return $"The TXT record at {name} says that the key is revoked (empty p=).";
        var own = DkimTags.Parse(wanted);
        if ((found.Find("k") ?? "rsa") != (own?.Find("k") ?? "rsa") || found.FindCompact("p") != own?.FindCompact("p"))
            return $"The TXT record at {name} holds another key. Often a part of the value was lost: it must be entered whole.";
        return (found.FindCompact("t") ?? "").Split(':').Contains("y") ? $"The TXT record at {name} says that the key is only tried out (t=y): take that out." : null;
    }
}
