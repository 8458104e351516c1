using System.Net;

namespace CrankMailer.Mail.Dns;

/// <summary>An answer. Names are lower case, without the dot at the end.</summary>
public abstract record DnsRecord
{
    private DnsRecord() { }

    /// <summary>A and AAAA.</summary>
    public sealed record Address(IPAddress Value) : DnsRecord;

    /// <summary>The host is empty in a null MX (RFC 7505): the domain takes no mail.</summary>
    public sealed record Exchange(int Preference, string Host) : DnsRecord;

    /// <summary>All strings of the record as one, as SPF, DKIM and DMARC want them (RFC 6376 3.6.2.2, RFC 7208 3.3).</summary>
    public sealed record Text(string Value) : DnsRecord;

    /// <summary>PTR and CNAME.</summary>
    public sealed record Name(string Host) : DnsRecord;
}
