using CrankMailer.Mail.Smtp;

namespace CrankMailer.Mail.Listener;

/// <summary>What happens to mail a listener receives. Called from many sessions at once. An exception is logged and answered
/// with 451, so that the sender keeps the message.</summary>
public interface ISmtpMailHandler
{
    /// <summary>Whether to take mail for this recipient: the reply to RCPT TO, such as 250, or 550 5.1.1.</summary>
    ValueTask<SmtpReply> RecipientAsync(SmtpPeer peer, string sender, string recipient, CancellationToken ct);

    /// <summary>Takes a message: the reply to its final dot. 2yz takes over responsibility for it (RFC 5321 4.2.5).</summary>
    ValueTask<SmtpReply> MessageAsync(ReceivedMail mail, CancellationToken ct);
}
