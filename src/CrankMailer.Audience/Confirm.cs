using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Publications;
using CrankMailer.Model.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Audience;

/// <summary>The link of a confirmation mail: looking at it changes nothing, its button makes the subscription (R155).</summary>
public sealed class Confirm(
    CrankDb db, OneTimeTokens oneTime, TokenRings rings, Confirmations confirmations, Suppressions suppressions, SystemOutbox outbox,
    ConsentLog consent, TimeProvider clock, ILogger<Confirm> log)
{
    /// <summary>What the page is to show. Changes nothing.</summary>
    public async Task<ConfirmResult> LookAsync(string token, CancellationToken ct)
    {
        if (await FindAsync(token, ct) is not { } found) return new ConfirmResult.Unknown();
        var names = await NamesAsync(found.Wish.Lists, ct);
        if (found.Token.UsedAt is not null) return new ConfirmResult.UsedBefore(found.Publication.Id, names, await IsActiveAsync(found, ct));
        return found.Token.ExpiresAt <= clock.GetUtcNow()
            ? new ConfirmResult.Expired(found.Publication.Id, Mask(found))
            : new ConfirmResult.Ready(found.Publication.Id, names, Mask(found));
    }

    /// <summary>The button. Once; a second press says so.</summary>
    public async Task<ConfirmResult> ByTokenAsync(string token, Visit visit, CancellationToken ct)
    {
        var ring = await rings.GetAsync(ct); // may write on a connection of its own: not within our transaction
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await FindAsync(token, ct) is not { } found) return new ConfirmResult.Unknown();
        if (!await oneTime.TryUseAsync(found.Token, ct))
        {
            await transaction.RollbackAsync(ct);
            return await LookAsync(token, ct);
        }
        await ActivateAsync(found, visit, ct);
        await suppressions.LiftByReaderAsync(found.Subscriber.AddressHash, found.Publication.Id, ct);
        var names = await NamesAsync(found.Wish.Lists, ct);
        AddWelcome(found, names, ring);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        log.Confirmed(found.Subscriber.Id, found.Publication.Id);
        return new ConfirmResult.Done(found.Publication.Id, names, ring.Make(TokenPurpose.Preferences, new TokenIds(found.Publication.Id, found.Subscriber.Id)));
    }

    /// <summary>A new mail for a link that is too old. The answer is the same whatever became of it.</summary>
    /// <returns>The publication, or null for a token that is not ours.</returns>
    public async Task<int?> AgainAsync(string token, Visit visit, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await FindAsync(token, ct) is not { } found) return null;
        if (found.Token.UsedAt is null) await confirmations.AskAsync(found.Publication, found.Subscriber, found.Wish, visit, ct);
        await transaction.CommitAsync(ct);
        return found.Publication.Id;
    }

    private async Task<Found?> FindAsync(string token, CancellationToken ct)
    {
        if (await oneTime.FindAsync(token, OneTimePurpose.Confirm, ct) is not { SubscriberId: { } id } row) return null;
        var subscriber = await db.Subscribers.FirstOrDefaultAsync(s => s.Id == id && s.Email != null, ct);
        if (subscriber is null) return null;
        var publication = await db.Publications.AsNoTracking().FirstAsync(p => p.Id == subscriber.PublicationId, ct);
        return new Found(row, subscriber, publication, ConfirmationWish.FromJson(row.Data));
    }

    private async Task ActivateAsync(Found found, Visit visit, CancellationToken ct)
    {
        var now = clock.Instant();
        var living = await db.Lists.Where(l => found.Wish.Lists.Contains(l.Id) && l.ArchivedAt == null).Select(l => l.Id).ToListAsync(ct);
        var known = await db.Subscriptions.Where(s => s.SubscriberId == found.Subscriber.Id && living.Contains(s.ListId)).ToDictionaryAsync(s => s.ListId, ct);
        foreach (var listId in living)
        {
            if (!known.TryGetValue(listId, out var subscription))
                db.Subscriptions.Add(subscription = new Subscription { ListId = listId, SubscriberId = found.Subscriber.Id, CreatedAt = now });
            subscription.State = SubscriptionState.Active;
            subscription.ConfirmedAt = now;
            (subscription.EndedAt, subscription.EndedByCampaignId, subscription.PausedUntil) = (null, null, null);
            consent.Add(ConsentKind.Confirmed, found.Subscriber.Id, listId, visit);
        }
        if (found.Wish.Name is { } name) PersonName.Apply(found.Subscriber, name);
        found.Subscriber.Lang = found.Wish.Lang;
        found.Subscriber.UpdatedAt = now;
    }

    private void AddWelcome(Found found, List<string> names, TokenRing ring)
    {
        var content = new SystemMailContent
        {
            Lang = found.Wish.Lang, Lists = names,
            Path = $"preferences/{ring.Make(TokenPurpose.Preferences, new TokenIds(found.Publication.Id, found.Subscriber.Id))}",
        };
        outbox.Add(SystemMailKind.Welcome, found.Publication, found.Subscriber, content);
    }

    private Task<List<string>> NamesAsync(IReadOnlyList<int> lists, CancellationToken ct) =>
        db.Lists.Where(l => lists.Contains(l.Id)).OrderBy(l => l.Name).Select(l => l.Name).ToListAsync(ct);

    private Task<bool> IsActiveAsync(Found found, CancellationToken ct) =>
        db.Subscriptions.AnyAsync(s => s.SubscriberId == found.Subscriber.Id && found.Wish.Lists.Contains(s.ListId) && s.State == SubscriptionState.Active, ct);

    private static string Mask(Found found) => EmailAddress.Mask(found.Subscriber.Email ?? "");

    private sealed record Found(OneTimeToken Token, Subscriber Subscriber, PublicationRow Publication, ConfirmationWish Wish);
}

public abstract record ConfirmResult
{
    private ConfirmResult() { }

    /// <summary>No link of ours.</summary>
    public sealed record Unknown : ConfirmResult;

    public sealed record Ready(int PublicationId, IReadOnlyList<string> Lists, string Masked) : ConfirmResult;

    public sealed record Done(int PublicationId, IReadOnlyList<string> Lists, string PreferencesToken) : ConfirmResult;

    /// <param name="IsActive">False where the reader has left since.</param>
    public sealed record UsedBefore(int PublicationId, IReadOnlyList<string> Lists, bool IsActive) : ConfirmResult;

    public sealed record Expired(int PublicationId, string Masked) : ConfirmResult;
}
