using System.Text.Json;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Publications;
using CrankMailer.Model.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrankMailer.Audience;

/// <summary>What a confirmation link stands for; kept in its token, since nothing of it counts before the click.</summary>
/// <param name="Lists">Ids.</param>
public sealed record ConfirmationWish(IReadOnlyList<int> Lists, string? Name, string Lang)
{
    public string ToJson() => JsonSerializer.Serialize(this);

    public static ConfirmationWish FromJson(string json) =>
        JsonSerializer.Deserialize<ConfirmationWish>(json) ?? throw new InvalidOperationException("A confirmation token holds no wish.");
}

/// <summary>Decides whether an address gets a confirmation mail, and writes all that belongs to it. Runs in the caller's transaction.</summary>
public sealed class Confirmations(
    CrankDb db, Suppressions suppressions, OneTimeTokens oneTime, PreferencesMails preferences, SystemOutbox outbox, ConsentLog consent,
    IOptions<AudienceOptions> options, TimeProvider clock, ILogger<Confirmations> log)
{
    /// <summary>Sends one mail, or none where the address had enough of them: the caller says the same in either case.</summary>
    public async Task AskAsync(PublicationRow publication, Subscriber subscriber, ConfirmationWish wish, Visit visit, CancellationToken ct)
    {
        if (await IsHeldBackAsync(publication, subscriber, ct)) return;
        var states = await db.Subscriptions.Where(s => s.SubscriberId == subscriber.Id && wish.Lists.Contains(s.ListId)).ToDictionaryAsync(s => s.ListId, ct);
        var missing = wish.Lists.Where(id => !(states.TryGetValue(id, out var s) && s.State == SubscriptionState.Active)).ToList();
        if (missing.Count == 0)
        {
            await preferences.AddAsync(SystemMailKind.AlreadySubscribed, publication, subscriber, wish.Lang, ct); // nothing to confirm: the mail shows what they already have
            await db.SaveChangesAsync(ct);
            return;
        }
        var now = clock.Instant();
        foreach (var id in missing.Where(id => !states.ContainsKey(id)))
            db.Subscriptions.Add(new Subscription { ListId = id, SubscriberId = subscriber.Id, State = SubscriptionState.Pending, CreatedAt = now });
        foreach (var id in missing) consent.Add(ConsentKind.Asked, subscriber.Id, id, visit);
        await AddMailAsync(publication, subscriber, wish, ct);
        await db.SaveChangesAsync(ct);
        log.ConfirmationAsked(subscriber.Id, publication.Id);
    }

    private async Task AddMailAsync(PublicationRow publication, Subscriber subscriber, ConfirmationWish wish, CancellationToken ct)
    {
        var life = TimeSpan.FromDays(options.Value.ConfirmationDays);
        var token = oneTime.Add(OneTimePurpose.Confirm, life, wish.ToJson(), subscriber.Id);
        var names = await db.Lists.Where(l => wish.Lists.Contains(l.Id)).OrderBy(l => l.Name).Select(l => l.Name).ToListAsync(ct);
        var content = new SystemMailContent { Lang = wish.Lang, Lists = names, Path = $"confirm/{token}", Days = options.Value.ConfirmationDays };
        outbox.Add(SystemMailKind.Confirm, publication, subscriber, content);
    }

    private async Task<bool> IsHeldBackAsync(PublicationRow publication, Subscriber subscriber, CancellationToken ct)
    {
        var now = clock.Instant();
        var today = await outbox.CountAsync(SystemMailKind.Confirm, subscriber.Id, now - TimeSpan.FromDays(1), ct);
        if (today >= options.Value.ConfirmationsPerDay)
        {
            log.ConfirmationHeldBack(subscriber.Id, "enough mails today");
            return true;
        }
        if (await suppressions.FindAsync(subscriber.AddressHash, publication.Id, ct) is not { } suppression) return false;
        // R111: at the reader's own request a suppressed address gets one mail in a while. The consent log remembers, the outbox may be swept.
        var wait = Suppressions.WaitFor(suppression.Reason);
        var since = now - (wait ?? TimeSpan.Zero);
        var held = wait is null || await db.ConsentEntries.AnyAsync(c => c.SubscriberId == subscriber.Id && c.Kind == ConsentKind.Asked && c.At > since && c.At > suppression.At, ct);
        if (held) log.ConfirmationHeldBack(subscriber.Id, suppression.Reason.ToString());
        return held;
    }
}
