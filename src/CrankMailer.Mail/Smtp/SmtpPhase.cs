namespace CrankMailer.Mail.Smtp;

/// <summary>How far a conversation was when something happened. Names in lower case are those of the reply corpus.</summary>
public enum SmtpPhase
{
    /// <summary>TCP connection and greeting.</summary>
    Connect,
    Ehlo,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,

    /// <summary>The body and the reply to its final dot.</summary>
    Dot,
    Quit,
}
