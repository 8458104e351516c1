using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Publications;
using CrankMailer.Model.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrankMailer.Audience;

/// <summary>
/// Leaving by the link of a mail (R42–R45, R164). The token alone is enough: it works for ever, without the delivery's row, for an erased
/// person, and a second time; all of these are a plain "done".
/// </summary>
public sealed class Unsubscribe(
    CrankDb db, TokenRings rings, ConsentLog consent, IOptions<AudienceOptions> options, TimeProvider clock, ILogger<Unsubscribe> log)
{
    /// <summary>What the page is to show. Changes nothing (R44).</summary>
    /// <returns>Null for a token that is not ours.</returns>
    public async Task<UnsubscribePage?> LookAsync(string token, CancellationToken ct)
    {
        if (await ReadAsync(token, ct) is not { } ids) return null;
        var through = await ThroughAsync(ids, ct);
        var subscriptions = await SubscriptionsAsync(ids, ct);
        var left = subscriptions.Where(s => CanUndo(s, ids)).Select(s => s.ListId).ToHashSet();
        var open = subscriptions.Where(s => s.State != SubscriptionState.Unsubscribed).Select(s => s.ListId).ToHashSet();
        var email = await db.Subscribers.Where(s => s.Id == ids.Second && s.PublicationId == ids.First).Select(s => s.Email).FirstOrDefaultAsync(ct);
        return new UnsubscribePage(
            (int)ids.First, email is null ? null : EmailAddress.Mask(email),
            await NamesAsync(through.Where(open.Contains), ct), await NamesAsync(left, ct), await NamesAsync(open, ct));
    }

    /// <summary>Ends every subscription through which the delivery was made (design §5). Done twice it is done once.</summary>
    /// <returns>False for a token that is not ours.</returns>
    public Task<bool> ByTokenAsync(string token, Visit visit, CancellationToken ct) => EndAsync(token, everything: false, visit, ct);

    /// <summary>Ends every subscription of the publication.</summary>
    public Task<bool> FromAllAsync(string token, Visit visit, CancellationToken ct) => EndAsync(token, everything: true, visit, ct);

    /// <summary>Brings back what this same link ended in the last days.</summary>
    public async Task<bool> UndoAsync(string token, Visit visit, CancellationToken ct)
    {
        if (await ReadAsync(token, ct) is not { } ids) return false;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var back = (await SubscriptionsAsync(ids, ct)).Where(s => CanUndo(s, ids)).ToList();
        var now = clock.Instant();
        foreach (var subscription in back)
        {
            subscription.State = subscription.ConfirmedAt is null ? SubscriptionState.Pending
                : subscription.PausedUntil > now ? SubscriptionState.Paused : SubscriptionState.Active;
            (subscription.EndedAt, subscription.EndedByCampaignId) = (null, null);
            consent.Add(ConsentKind.Undone, subscription.SubscriberId, subscription.ListId, visit, CampaignOf(ids));
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        log.Undone(ids.Second, back.Count);
        return true;
    }

    private async Task<bool> EndAsync(string token, bool everything, Visit visit, CancellationToken ct)
    {
        if (await ReadAsync(token, ct) is not { } ids) return false;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var through = everything ? null : await ThroughAsync(ids, ct);
        var ending = (await SubscriptionsAsync(ids, ct)).Where(s => s.State != SubscriptionState.Unsubscribed && through?.Contains(s.ListId) != false).ToList();
        var now = clock.Instant();
        foreach (var subscription in ending)
        {
            subscription.State = SubscriptionState.Unsubscribed;
            subscription.EndedAt = now;
            subscription.EndedByCampaignId = (int)ids.Third;
            consent.Add(ConsentKind.Left, subscription.SubscriberId, subscription.ListId, visit, CampaignOf(ids));
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        log.Left(ids.Second, ending.Count, ids.Third);
        return true;
    }

    private async Task<TokenIds?> ReadAsync(string token, CancellationToken ct) =>
        (await rings.GetAsync(ct)).TryRead(token, TokenPurpose.Unsubscribe, out var ids) ? ids : null;

    /// <summary>The campaign's lists. A system mail has none, and retention may have taken the campaign: then it was sent through all of them.</summary>
    private async Task<HashSet<int>> ThroughAsync(TokenIds ids, CancellationToken ct)
    {
        var lists = await db.CampaignLists.Where(l => l.CampaignId == ids.Third && !l.Excluded).Select(l => l.ListId).ToListAsync(ct);
        if (lists.Count == 0) lists = await db.Lists.Where(l => l.PublicationId == ids.First).Select(l => l.Id).ToListAsync(ct);
        return [.. lists];
    }

    private Task<List<Subscription>> SubscriptionsAsync(TokenIds ids, CancellationToken ct) =>
        db.Subscriptions.Where(s => s.SubscriberId == ids.Second && db.Lists.Any(l => l.Id == s.ListId && l.PublicationId == ids.First))
            .OrderBy(s => s.ListId).ToListAsync(ct);

    private bool CanUndo(Subscription subscription, TokenIds ids) =>
        subscription.State == SubscriptionState.Unsubscribed && subscription.EndedByCampaignId == (int)ids.Third
        && subscription.EndedAt > clock.GetUtcNow() - TimeSpan.FromDays(options.Value.UndoDays);

    private static int? CampaignOf(TokenIds ids) => ids.Third == 0 ? null : (int)ids.Third;

    private Task<List<string>> NamesAsync(IEnumerable<int> lists, CancellationToken ct)
    {
        var ids = lists.ToList();
        return db.Lists.Where(l => ids.Contains(l.Id)).OrderBy(l => l.Name).Select(l => l.Name).ToListAsync(ct);
    }
}

/// <param name="Masked">Null for an erased person.</param>
/// <param name="Through">Names of the lists that the button ends.</param>
/// <param name="Left">Names of the lists that this link ended lately: undo brings them back.</param>
/// <param name="Open">Names of all lists not left yet.</param>
public sealed record UnsubscribePage(int PublicationId, string? Masked, IReadOnlyList<string> Through, IReadOnlyList<string> Left, IReadOnlyList<string> Open);
