namespace CrankMailer.Mail.Smtp;

/// <summary>When a connection is encrypted (R62).</summary>
public enum SmtpSecurity
{
    /// <summary>Never; for a relay on the same machine.</summary>
    None,

    /// <summary>STARTTLS where offered. A certificate that does not verify is refused all the same.</summary>
    Opportunistic,

    /// <summary>STARTTLS, or no mail.</summary>
    Required,

    /// <summary>TLS from the first octet (port 465, RFC 8314).</summary>
    Implicit,
}
