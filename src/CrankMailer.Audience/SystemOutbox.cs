using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrankMailer.Audience;

/// <summary>Puts a system mail into the outbox, which Delivery drains ahead of bulk (design §2).</summary>
public sealed class SystemOutbox(CrankDb db, SystemMails mails, IOptions<AudienceOptions> options, TimeProvider clock)
{
    /// <summary>Adds the mail to the context; it is on its way from the caller's commit.</summary>
    public void Add(SystemMailKind kind, PublicationRow publication, Subscriber to, SystemMailContent content)
    {
        if (to.Email is not { } typed) return; // erased between the look and the write
        var mail = mails.Compose(kind, publication.Document, typed, content);
        var now = clock.Instant();
        db.OutboxMails.Add(new OutboxMail
        {
            Kind = WordOf(kind), PublicationId = publication.Id, SubscriberId = to.Id, ToName = to.Name ?? "", ToAddress = EmailAddress.Parse(typed)?.Wire ?? typed,
            Subject = mail.Subject, Html = mail.Html, Text = mail.Text, State = OutboxState.Queued, CreatedAt = now, StateAt = now, Capture = options.Value.Capture,
        });
    }

    /// <summary>How many of a kind the person was sent since then.</summary>
    public Task<int> CountAsync(SystemMailKind kind, long subscriberId, DateTimeOffset since, CancellationToken ct)
    {
        var word = WordOf(kind);
        return db.OutboxMails.CountAsync(m => m.SubscriberId == subscriberId && m.Kind == word && m.CreatedAt > since, ct);
    }

    private static string WordOf(SystemMailKind kind) => kind.ToString().ToLowerInvariant();
}
