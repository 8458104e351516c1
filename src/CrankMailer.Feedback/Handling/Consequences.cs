using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Feedback.Handling;

/// <summary>What follows for an address: read by the next campaign, never told back upstream (design §1).</summary>
internal sealed class Consequences(CrankDb db, TimeProvider clock, ILogger<Consequences> log)
{
    private const int SoftCampaigns = 3;
    private static readonly TimeSpan SoftSpan = TimeSpan.FromDays(15);

    /// <summary>R84, R105: once is enough, for every publication of the installation.</summary>
    public Task<bool> HardAsync(byte[] addressHash, int? campaignId, string? note, CancellationToken ct) =>
        SuppressAsync(addressHash, SuppressionReason.HardBounce, null, campaignId, note, ct);

    /// <summary>
    /// R105: three soft bounces in a row, in three campaigns, over at least 15 days. The ledger itself is the count: it holds one outcome for each
    /// campaign (R106), whether a reply, a report or a webhook told it. A block says nothing about the address and is passed over.
    /// </summary>
    public async Task<bool> SoftAsync(byte[] addressHash, int campaignId, string? note, CancellationToken ct)
    {
        var people = await db.Subscribers.Where(s => s.AddressHash == addressHash).Select(s => s.Id).ToListAsync(ct);
        var last = await db.Deliveries.AsNoTracking()
            .Where(d => people.Contains(d.SubscriberId) && (d.State == DeliveryState.Accepted || d.State == DeliveryState.Bounced && (d.Class == BounceClass.Soft || d.Class == BounceClass.Hard)))
            .OrderByDescending(d => d.CampaignId).Take(20).Select(d => new { d.CampaignId, d.State, d.Class, d.StateAt }).ToListAsync(ct);
        // Whoever lifted a suppression has judged what was before.
        var lifted = await db.Suppressions.Where(s => s.AddressHash == addressHash && s.LiftedAt != null).MaxAsync(s => s.LiftedAt, ct);
        var row = last.TakeWhile(d => d.State == DeliveryState.Bounced && (lifted is null || d.StateAt > lifted)).ToList();
        if (row.Select(d => d.CampaignId).Distinct().Count() < SoftCampaigns || row.Max(d => d.StateAt) - row.Min(d => d.StateAt) < SoftSpan) return false;
        if (!await SuppressAsync(addressHash, SuppressionReason.SoftBounces, null, campaignId, note, ct)) return false;
        log.SoftBouncesAddUp(people[0]);
        return true;
    }

    /// <summary>R108: the reader does not want this publication any more, and says so to the provider instead of to us.</summary>
    public async Task<bool> ComplaintAsync(long subscriberId, int campaignId, string? note, CancellationToken ct)
    {
        if (await db.Subscribers.Where(s => s.Id == subscriberId).Select(s => new { s.PublicationId, s.AddressHash }).FirstOrDefaultAsync(ct) is not { } person) return false;
        var suppressed = await SuppressAsync(person.AddressHash, SuppressionReason.Complaint, person.PublicationId, campaignId, note, ct);
        var now = clock.Instant();
        var open = await db.Subscriptions.Where(s => s.SubscriberId == subscriberId && s.State != SubscriptionState.Unsubscribed).OrderBy(s => s.ListId).ToListAsync(ct);
        foreach (var subscription in open)
        {
            (subscription.State, subscription.EndedAt, subscription.EndedByCampaignId) = (SubscriptionState.Unsubscribed, now, campaignId);
            db.ConsentEntries.Add(new ConsentEntry { SubscriberId = subscriberId, ListId = subscription.ListId, Kind = ConsentKind.Left, At = now, Source = "complaint", CampaignId = campaignId });
        }
        return suppressed || open.Count > 0;
    }

    private async Task<bool> SuppressAsync(byte[] addressHash, SuppressionReason reason, int? publicationId, int? campaignId, string? note, CancellationToken ct)
    {
        // A living one of this reach says it already; a complaint weighs more than a failure and is noted beside it.
        if (await db.Suppressions.AnyAsync(s => s.AddressHash == addressHash && s.LiftedAt == null && s.PublicationId == publicationId
            && (s.Reason == reason || reason != SuppressionReason.Complaint), ct)) return false;
        db.Suppressions.Add(new Suppression
        {
            AddressHash = addressHash, Reason = reason, PublicationId = publicationId, CampaignId = campaignId, At = clock.Instant(), Note = note?.Replace('\0', ' '),
        });
        return true;
    }
}
