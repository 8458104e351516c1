using CrankMailer.Feedback.Handling;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Feedback;

/// <summary>
/// R105 for what a relay said at once: the ledger knows the soft bounce, but nobody looked back over the campaigns. Run now and then; looking twice
/// changes nothing.
/// </summary>
public sealed class SoftBounces
{
    private const int Chunk = 100;

    /// <summary>Campaigns are short; a deferral ends after days.</summary>
    private static readonly TimeSpan Campaigns = TimeSpan.FromDays(30);

    private readonly CrankDb _db;
    private readonly Consequences _consequences;
    private readonly TimeProvider _clock;

    internal SoftBounces(CrankDb db, Consequences consequences, TimeProvider clock) => (_db, _consequences, _clock) = (db, consequences, clock);

    /// <param name="since">Looks at bounces of the time from then on.</param>
    /// <returns>Addresses suppressed.</returns>
    public async Task<int> CountAsync(DateTimeOffset since, CancellationToken ct)
    {
        var started = _clock.Instant() - Campaigns;
        var suppressed = 0;
        foreach (var campaign in await _db.Campaigns.Where(c => c.StartedAt > started && !c.Capture).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(ct))
            suppressed += await CountAsync(campaign, since, ct);
        return suppressed;
    }

    private async Task<int> CountAsync(int campaignId, DateTimeOffset since, CancellationToken ct)
    {
        var suppressed = 0;
        for (var after = 0L; ;)
        {
            var rows = await _db.Deliveries.Where(d => d.CampaignId == campaignId && d.Id > after && d.State == DeliveryState.Bounced && d.Class == BounceClass.Soft && d.StateAt >= since)
                .OrderBy(d => d.Id).Take(Chunk).Join(_db.Subscribers, d => d.SubscriberId, s => s.Id, (d, s) => new { d.Id, s.AddressHash }).OrderBy(x => x.Id).ToListAsync(ct);
            foreach (var row in rows)
                if (await _consequences.SoftAsync(row.AddressHash, campaignId, "soft bounces in three campaigns", ct)) suppressed++;
            await _db.SaveChangesAsync(ct);
            if (rows.Count < Chunk) return suppressed;
            after = rows[^1].Id;
        }
    }
}
