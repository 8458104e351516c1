namespace CrankMailer.Mail.Smtp;

/// <summary>Why a message was not handed over though no reply says so.</summary>
public enum SmtpFailure
{
    /// <summary>No route, no such host, connection refused.</summary>
    CannotConnect,

    /// <summary>The other side closed, or the network broke.</summary>
    ConnectionLost,

    TimedOut,

    /// <summary>What came is no SMTP.</summary>
    BadReply,

    /// <summary>TLS is required and the server offers none: our configuration.</summary>
    TlsNotOffered,

    /// <summary>The handshake broke.</summary>
    TlsFailed,

    /// <summary>The certificate does not verify: our configuration, or an attack.</summary>
    CertificateRefused,

    /// <summary>A log-in is configured, but there is no TLS to send it over, no mechanism we know, or no token is given to us (R63).</summary>
    AuthNotPossible,

    /// <summary>Who gives out access tokens does not answer.</summary>
    TokenNotHad,

    /// <summary>Larger than the server's SIZE: refused before DATA (R70).</summary>
    TooLarge,

    /// <summary>The address needs SMTPUTF8 and the server has none: 5.6.7, the address is not to blame (R72).</summary>
    SmtpUtf8NotOffered,
}
