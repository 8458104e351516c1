using System.Net;
using System.Security.Cryptography.X509Certificates;
using CrankMailer.Mail.Headers;

namespace CrankMailer.Mail.Smtp;

/// <summary>A relay as it is configured.</summary>
public sealed record SmtpEndpoint
{
    /// <summary>Name or IP address; the name is what the certificate must be for.</summary>
    public required string Host { get; init; }

    public int Port { get; init; } = 587;

    /// <summary>Our own name in EHLO: a host name that resolves and is the PTR name of our address (R60), or [IP].</summary>
    public required string HeloName
    {
        get;
        init => field = IsHeloName(value) ? value : throw new ArgumentException("The EHLO name is a host name such as mail.example.org, or an address in brackets.", nameof(value));
    }

    public SmtpSecurity Security { get; init; } = SmtpSecurity.Opportunistic;

    /// <summary>Takes any certificate: for a relay of our own without a proper one. Off by default (R62).</summary>
    public bool AllowUntrustedCertificate { get; init; }

    /// <summary>Certificates of the authorities that may vouch for the relay, instead of those this machine trusts: an
    /// organisation's own authority, or the relay's own certificate. Empty: the machine's.</summary>
    public IReadOnlyList<X509Certificate2> Authorities { get; init; } = [];

    public SmtpCredential? Credential { get; init; }

    /// <summary>Sends the password over an unencrypted connection. Off by default (R63).</summary>
    public bool AuthWithoutTls { get; init; }

    public SmtpTimeouts Timeouts { get; init; } = new();

    /// <summary>The address to send from, on machines with several.</summary>
    public IPAddress? LocalAddress { get; init; }

    /// <summary>Whether it may stand in EHLO (RFC 5321 4.1.1.1).</summary>
    public static bool IsHeloName(string name) =>
        name is ['[', .. var literal, ']']
            ? IPAddress.TryParse(literal.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase) ? literal[5..] : literal, out _)
            : DomainName.TryToAscii(name, out _, out _);
}
