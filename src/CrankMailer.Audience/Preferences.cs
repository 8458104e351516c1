using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Publications;
using CrankMailer.Model.Tokens;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Audience;

/// <summary>
/// One's own choices by the link of any mail: lists and a pause. A mail can be forwarded, so the link shows no more of the person than the
/// masked address, and cannot bring back somebody who left altogether without asking at the address.
/// </summary>
public sealed class Preferences(CrankDb db, TokenRings rings, Confirmations confirmations, ConsentLog consent, TimeProvider clock)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(366);

    /// <summary>What the page is to show. Changes nothing.</summary>
    /// <returns>Null for a token that is not ours, or an erased person's.</returns>
    public async Task<PreferencesPage?> LookAsync(string token, CancellationToken ct)
    {
        if (await FindAsync(token, ct) is not { Email: { } email } subscriber) return null;
        var states = await StatesAsync(subscriber.Id, ct);
        var lists = (await ListsAsync(subscriber, states, ct)).Select(l => new ListChoice(l.Slug, l.Name, l.Description, IsOn(states.GetValueOrDefault(l.Id))));
        var paused = states.Values.Where(s => s.State == SubscriptionState.Paused).Select(s => s.PausedUntil).Max();
        return new PreferencesPage(subscriber.PublicationId, EmailAddress.Mask(email), [.. lists], paused, subscriber.Lang);
    }

    public async Task<PreferencesSaved> SaveAsync(string token, PreferencesChoice choice, Visit visit, CancellationToken ct)
    {
        await rings.GetAsync(ct); // may write on a connection of its own: not within our transaction
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await FindAsync(token, ct) is not { } subscriber) return PreferencesSaved.Unknown;
        var now = clock.Instant();
        if (choice.PausedUntil is { } until && (until <= now || until > now + LongestPause)) return PreferencesSaved.BadDate;

        var states = await StatesAsync(subscriber.Id, ct);
        var someIsOn = states.Values.Any(IsOn);
        var asked = new List<int>();
        foreach (var list in await ListsAsync(subscriber, states, ct))
        {
            var state = states.GetValueOrDefault(list.Id);
            if (choice.Lists.Contains(list.Slug) == IsOn(state)) continue;
            if (state is not null && IsOn(state)) End(state, visit, now);
            else if (someIsOn) Begin(state, list.Id, subscriber.Id, visit, now);
            else asked.Add(list.Id);
        }
        foreach (var subscription in db.ChangeTracker.Entries<Subscription>().Select(e => e.Entity).Where(IsOn)) Pause(subscription, choice.PausedUntil, visit);
        if (choice.Lang is { } lang && lang != subscriber.Lang) (subscriber.Lang, subscriber.UpdatedAt) = (lang, now);
        await db.SaveChangesAsync(ct);
        if (asked.Count > 0) await AskAsync(subscriber, asked, choice, visit, ct);
        await transaction.CommitAsync(ct);
        return asked.Count > 0 ? PreferencesSaved.LookIntoYourMail : PreferencesSaved.Saved;
    }

    private async Task AskAsync(Subscriber subscriber, List<int> lists, PreferencesChoice choice, Visit visit, CancellationToken ct)
    {
        var publication = await db.Publications.AsNoTracking().FirstAsync(p => p.Id == subscriber.PublicationId, ct);
        await confirmations.AskAsync(publication, subscriber, new ConfirmationWish(lists, null, choice.Lang ?? subscriber.Lang ?? publication.Document.Lang), visit, ct);
    }

    private async Task<Subscriber?> FindAsync(string token, CancellationToken ct) =>
        (await rings.GetAsync(ct)).TryRead(token, TokenPurpose.Preferences, out var ids)
            ? await db.Subscribers.FirstOrDefaultAsync(s => s.Id == ids.Second && s.PublicationId == ids.First && s.Email != null, ct)
            : null;

    private Task<Dictionary<int, Subscription>> StatesAsync(long subscriberId, CancellationToken ct) =>
        db.Subscriptions.Where(s => s.SubscriberId == subscriberId).ToDictionaryAsync(s => s.ListId, ct);

    /// <summary>Public lists, and private ones the person is on: one can leave what one cannot join.</summary>
    private Task<List<MailingList>> ListsAsync(Subscriber subscriber, Dictionary<int, Subscription> states, CancellationToken ct)
    {
        var on = states.Values.Where(IsOn).Select(s => s.ListId).ToList();
        return db.Lists.AsNoTracking()
            .Where(l => l.PublicationId == subscriber.PublicationId && l.ArchivedAt == null && (l.IsPublic || on.Contains(l.Id))).OrderBy(l => l.Name).ToListAsync(ct);
    }

    private void End(Subscription subscription, Visit visit, DateTimeOffset now)
    {
        subscription.State = SubscriptionState.Unsubscribed;
        (subscription.EndedAt, subscription.EndedByCampaignId, subscription.PausedUntil) = (now, null, null);
        consent.Add(ConsentKind.Left, subscription.SubscriberId, subscription.ListId, visit);
    }

    private void Begin(Subscription? known, int listId, long subscriberId, Visit visit, DateTimeOffset now)
    {
        var subscription = known ?? db.Subscriptions.Add(new Subscription { ListId = listId, SubscriberId = subscriberId, CreatedAt = now }).Entity;
        subscription.State = SubscriptionState.Active;
        subscription.ConfirmedAt = now;
        (subscription.EndedAt, subscription.EndedByCampaignId) = (null, null);
        consent.Add(ConsentKind.Confirmed, subscriberId, listId, visit);
    }

    private void Pause(Subscription subscription, DateTimeOffset? until, Visit visit)
    {
        var paused = subscription.State == SubscriptionState.Paused;
        if (until == subscription.PausedUntil && paused == until is not null) return;
        subscription.State = until is null ? SubscriptionState.Active : SubscriptionState.Paused;
        subscription.PausedUntil = until;
        consent.Add(until is null ? ConsentKind.Resumed : ConsentKind.Paused, subscription.SubscriberId, subscription.ListId, visit);
    }

    private static bool IsOn(Subscription? subscription) => subscription?.State is SubscriptionState.Active or SubscriptionState.Paused;
}

/// <param name="PausedUntil">Null: not paused.</param>
public sealed record PreferencesPage(int PublicationId, string Masked, IReadOnlyList<ListChoice> Lists, DateTimeOffset? PausedUntil, string? Lang);

public sealed record ListChoice(string Slug, string Name, string? Description, bool On);

/// <param name="Lists">Slugs of the lists that are to be on; all others shown on the page are left.</param>
/// <param name="PausedUntil">Null ends a pause.</param>
public sealed record PreferencesChoice(IReadOnlyList<string> Lists, DateTimeOffset? PausedUntil, string? Lang);

public enum PreferencesSaved { Saved, LookIntoYourMail, BadDate, Unknown }
