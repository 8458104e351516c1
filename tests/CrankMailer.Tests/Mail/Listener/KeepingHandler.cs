using System.Collections.Concurrent;
using System.Text;
using CrankMailer.Mail.Listener;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Tests.Mail.Listener;

/// <summary>Keeps what a listener receives.</summary>
internal sealed class KeepingHandler : ISmtpMailHandler
{
    public ConcurrentQueue<(string Sender, string Recipients, string Message, bool Encrypted, string? User)> Mails { get; } = new();

    public Func<string, SmtpReply> Recipient { get; init; } = _ => new SmtpReply(250, "2.1.5 Ok");

    public Func<ReceivedMail, SmtpReply> Message { get; init; } = _ => new SmtpReply(250, "2.0.0 Taken");

    public ValueTask<SmtpReply> RecipientAsync(SmtpPeer peer, string sender, string recipient, CancellationToken ct) => ValueTask.FromResult(Recipient(recipient));

    public ValueTask<SmtpReply> MessageAsync(ReceivedMail mail, CancellationToken ct)
    {
        var reply = Message(mail);
        if (reply.IsPositive) Mails.Enqueue((mail.Sender, string.Join(',', mail.Recipients), Encoding.Latin1.GetString(mail.Message.Span), mail.Peer.IsEncrypted, mail.Peer.User));
        return ValueTask.FromResult(reply);
    }
}
