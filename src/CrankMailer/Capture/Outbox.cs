using CrankMailer.Mail.Mime;
using CrankMailer.Model;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Capture;

/// <summary>Reads what capture mode has caught.</summary>
internal sealed class Outbox(CrankDb db)
{
    /// <param name="search">Part of an address or subject; null for all.</param>
    /// <param name="before">Key of the last line seen.</param>
    public async Task<IReadOnlyList<CaughtLine>> ListAsync(string? search, long? before, int take, CancellationToken ct)
    {
        var mails = db.CapturedMails.AsNoTracking().Where(m => before == null || m.Id < before);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var part = search.Trim().ToLowerInvariant();
            mails = mails.Where(m => m.EnvelopeTo.ToLower().Contains(part) || m.Subject.ToLower().Contains(part));
        }
        return await mails.OrderByDescending(m => m.Id).Take(take).Select(m => new CaughtLine(m.Id, m.At, m.EnvelopeFrom, m.EnvelopeTo, m.Subject, m.Size)).ToListAsync(ct);
    }

    public async Task<CaughtLine?> FindAsync(long id, CancellationToken ct) =>
        await db.CapturedMails.AsNoTracking().Where(m => m.Id == id).Select(m => new CaughtLine(m.Id, m.At, m.EnvelopeFrom, m.EnvelopeTo, m.Subject, m.Size)).FirstOrDefaultAsync(ct);

    /// <summary>The raw message, as the relay took it.</summary>
    public async Task<byte[]?> FindSourceAsync(long id, CancellationToken ct) =>
        await db.CapturedMails.AsNoTracking().Where(m => m.Id == id).Select(m => m.Raw).FirstOrDefaultAsync(ct) is { } raw ? CaughtMails.Unpack(raw) : null;

    public async Task<MimeMessage?> FindMessageAsync(long id, CancellationToken ct) =>
        await FindSourceAsync(id, ct) is { } source ? MimeMessage.Parse(source) : null;
}

internal sealed record CaughtLine(long Id, DateTimeOffset At, string From, string To, string Subject, int Size);
