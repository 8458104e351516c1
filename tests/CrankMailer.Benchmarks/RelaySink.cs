using CrankMailer.Mail.Listener;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Benchmarks;

/// <summary>Takes every message, counts it and forgets it, but for the first.</summary>
internal sealed class RelaySink : ISmtpMailHandler
{
    private static readonly SmtpReply Ok = new(250, "2.0.0 taken");
    private int _count;
    private byte[]? _first;

    public int Count => _count;

    public ReadOnlyMemory<byte> First => _first;

    public ValueTask<SmtpReply> RecipientAsync(SmtpPeer peer, string sender, string recipient, CancellationToken ct) => new(Ok);

    public ValueTask<SmtpReply> MessageAsync(ReceivedMail mail, CancellationToken ct)
    {
        if (Interlocked.Increment(ref _count) == 1) _first = mail.Message.ToArray();
        return new(Ok);
    }
}
