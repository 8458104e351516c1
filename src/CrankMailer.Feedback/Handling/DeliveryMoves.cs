using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Feedback.Handling;

/// <summary>Moves one delivery by evidence that came back, with the books, in the caller's transaction (design §5, rule 4).</summary>
internal sealed class DeliveryMoves(CrankDb db, TimeProvider clock)
{
    /// <summary>Counters are per node; what comes back is counted here, whichever process read it.</summary>
    private const string Node = "feedback";

    /// <summary>
    /// Whatever comes back about an uncertain delivery shows that the next server had taken it. Never the other way: no report is no evidence.
    /// </summary>
    public Task<bool> SettleAsync(Subject.Delivery subject, CancellationToken ct) => TryMoveAsync(subject, DeliveryState.Uncertain, DeliveryState.Accepted, null, ct);

    /// <summary>A final failure, told later, of what the next server had taken: the outcome after handing over that the state table calls bounced.</summary>
    /// <returns>False where it had bounced before, or was never handed over.</returns>
    public async Task<bool> BounceAsync(Subject.Delivery subject, BounceClass @class, CancellationToken ct) =>
        await TryMoveAsync(subject, DeliveryState.Accepted, DeliveryState.Bounced, @class, ct)
        || await TryMoveAsync(subject, DeliveryState.Uncertain, DeliveryState.Bounced, @class, ct)
        || await TryMoveAsync(subject, DeliveryState.Handed, DeliveryState.Bounced, @class, ct); // the report overtook our own record of the reply

    private async Task<bool> TryMoveAsync(Subject.Delivery subject, DeliveryState from, DeliveryState to, BounceClass? @class, CancellationToken ct)
    {
        var now = clock.Instant();
        var moved = await db.Deliveries.Where(d => d.CampaignId == subject.CampaignId && d.Id == subject.Id && d.State == from)
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.State, to).SetProperty(d => d.Class, @class).SetProperty(d => d.StateAt, now)
                .SetProperty(d => d.NotBefore, (DateTimeOffset?)null).SetProperty(d => d.LeasedUntil, (DateTimeOffset?)null).SetProperty(d => d.Owner, (string?)null), ct);
        if (moved == 0) return false;
        await CountAsync(subject.CampaignId, from, -1, ct);
        await CountAsync(subject.CampaignId, to, 1, ct);
        return true;
    }

    private Task<int> CountAsync(int campaignId, DeliveryState state, long change, CancellationToken ct)
    {
        var word = state.ToString().ToLowerInvariant();
        return db.Database.ExecuteSqlAsync($"""
            insert into campaign_counters (campaign_id, node, state, count) values ({campaignId}, {Node}, {word}, {change})
            on conflict (campaign_id, node, state) do update set count = campaign_counters.count + excluded.count
            """, ct);
    }
}
