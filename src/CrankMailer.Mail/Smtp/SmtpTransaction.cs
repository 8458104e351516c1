using CrankMailer.Mail.Headers;

namespace CrankMailer.Mail.Smtp;

/// <summary>One message for one recipient (R11).</summary>
/// <param name="Sender">The envelope sender (bounce address); null is the empty path of bounces.</param>
/// <param name="Message">Headers and body before dot-stuffing; must stay as it is until the outcome is known.</param>
public sealed record SmtpTransaction(EmailAddress? Sender, EmailAddress Recipient, ReadOnlyMemory<byte> Message)
{
    /// <summary>Called once when MAIL FROM is written, awaited before the final dot is: what it promises (a ledger commit) is
    /// done before the server can take the message, and overlaps the conversation (design §5 rule 2). If it throws, the dot is
    /// never sent, the connection is closed, and the exception passes to the caller.</summary>
    public Func<CancellationToken, ValueTask>? BeforeFinalDot { get; init; }

    public SmtpDsn? Dsn { get; init; }

    /// <summary>R72.</summary>
    public bool NeedsSmtpUtf8 => Recipient.NeedsSmtpUtf8 || Sender is { NeedsSmtpUtf8: true };
}
