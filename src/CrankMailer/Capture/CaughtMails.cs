using System.IO.Compression;
using System.Threading.Channels;
using CrankMailer.Mail.Listener;
using CrankMailer.Mail.Mime;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model;
using CrankMailer.Model.Operations;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Capture;

/// <summary>
/// Takes every mail the capturing relay hands over and keeps it for <c>/outbox</c>. A message is answered with 250 once it is committed;
/// messages that arrive together are committed together, so that a demonstration of thousands is not slowed by one fsync each.
/// </summary>
internal sealed class CaughtMails(IDbContextFactory<CrankDb> databases, TimeProvider clock, ILogger<CaughtMails> log) : BackgroundService, ISmtpMailHandler
{
    private const int Batch = 200;
    private readonly Channel<Caught> _caught = Channel.CreateBounded<Caught>(2 * Batch);

    public ValueTask<SmtpReply> RecipientAsync(SmtpPeer peer, string sender, string recipient, CancellationToken ct) =>
        ValueTask.FromResult(new SmtpReply(250, "2.1.5 Caught, not sent on"));

    public async ValueTask<SmtpReply> MessageAsync(ReceivedMail mail, CancellationToken ct)
    {
        var at = clock.Instant();
        var raw = Pack(mail.Message.Span);
        var subject = MimeMessage.Parse(mail.Message).Subject ?? "";
        var saved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var rows = mail.Recipients.Select(recipient => new CapturedMail
        {
            At = at, EnvelopeFrom = mail.Sender, EnvelopeTo = recipient, Subject = subject, Size = mail.Message.Length, Raw = raw,
        });
        await _caught.Writer.WriteAsync(new Caught([.. rows], saved), ct);
        await saved.Task.WaitAsync(ct);
        return new SmtpReply(250, "2.0.0 Caught");
    }

    public static byte[] Unpack(byte[] raw)
    {
        using var plain = new MemoryStream();
        using (var brotli = new BrotliStream(new MemoryStream(raw), CompressionMode.Decompress)) brotli.CopyTo(plain);
        return plain.ToArray();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Caught>(Batch);
        while (await _caught.Reader.WaitToReadAsync(stoppingToken))
        {
            while (batch.Count < Batch && _caught.Reader.TryRead(out var next)) batch.Add(next);
            await SaveAsync(batch);
            batch.Clear();
        }
    }

    private async Task SaveAsync(List<Caught> batch)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            foreach (var caught in batch) db.CapturedMails.AddRange(caught.Rows);
            await db.SaveChangesAsync(CancellationToken.None); // what we answer 250 to must be kept, also while stopping
            foreach (var caught in batch) caught.Saved.SetResult();
        }
        catch (Exception error) // the top of a worker loop: the listener answers 451, the sender keeps its message
        {
            log.CouldNotKeepCaught(batch.Count, error);
            foreach (var caught in batch) caught.Saved.TrySetException(error);
        }
    }

    private static byte[] Pack(ReadOnlySpan<byte> message)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)) brotli.Write(message);
        return packed.ToArray();
    }

    private sealed record Caught(IReadOnlyList<CapturedMail> Rows, TaskCompletionSource Saved);
}
