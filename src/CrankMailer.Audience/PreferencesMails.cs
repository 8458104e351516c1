using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Publications;
using CrankMailer.Model.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrankMailer.Audience;

/// <summary>The mail with a link to one's own choices, at most so many a day.</summary>
public sealed class PreferencesMails(CrankDb db, TokenRings rings, SystemOutbox outbox, IOptions<AudienceOptions> options, TimeProvider clock)
{
    /// <summary>Adds the mail to the context, unless the address had enough of them today.</summary>
    public async Task AddAsync(SystemMailKind kind, PublicationRow publication, Subscriber subscriber, string? lang, CancellationToken ct)
    {
        var today = await outbox.CountAsync(kind, subscriber.Id, clock.Instant() - TimeSpan.FromDays(1), ct);
        if (today >= options.Value.LinksPerDay) return;
        var ring = await rings.GetAsync(ct);
        var names = await db.Subscriptions
            .Where(s => s.SubscriberId == subscriber.Id && (s.State == SubscriptionState.Active || s.State == SubscriptionState.Paused))
            .Join(db.Lists, s => s.ListId, l => l.Id, (_, l) => l.Name).OrderBy(n => n).ToListAsync(ct);
        var content = new SystemMailContent
        {
            Lang = lang ?? subscriber.Lang ?? publication.Document.Lang, Lists = names,
            Path = $"preferences/{ring.Make(TokenPurpose.Preferences, new TokenIds(publication.Id, subscriber.Id))}",
        };
        outbox.Add(kind, publication, subscriber, content);
    }
}
