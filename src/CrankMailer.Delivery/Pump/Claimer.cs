using CrankMailer.Model;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery.Pump;

/// <summary>Keeps the queues filled: a few claims ahead of the connections, the running campaigns in turn.</summary>
internal sealed class Claimer(Claims claims, OutboxLedger outbox, SendingMode mode, IOptions<DeliveryOptions> options, TimeProvider clock)
{
    /// <summary>Mails to have at hand for each connection. They are few, and the next look is a quarter of a second away.</summary>
    private const int SystemAhead = 2;

    private uint _turn;

    /// <returns>True where something was claimed.</returns>
    public async Task<bool> FillAsync(IReadOnlyList<RunningCampaign> campaigns, Func<bool, RelayPool> poolOf, CancellationToken ct)
    {
        var claimed = 0;
        var first = _turn++;
        for (var n = 0; n < campaigns.Count; n++)
        {
            var campaign = campaigns[(int)((first + (uint)n) % (uint)campaigns.Count)];
            var pool = poolOf(campaign.Capture);
            if (!campaign.MayBegin(clock.GetUtcNow(), options.Value.LateAfter) || !pool.IsUp || pool.Queue.BulkCount > pool.Target / 2) continue;
            var isDry = pool.Queue.BulkCount == 0;
            var count = await ClaimAsync(campaign, pool, ct);
            // Not while there is nothing to claim, or the first claim after a freeze would be the largest.
            if (isDry && count >= pool.Target) pool.Target = Math.Min(pool.Target * 2, options.Value.ClaimBatch);
            claimed += count;
        }
        return claimed > 0;
    }

    /// <summary>System mail that is due goes to the head of its queue.</summary>
    public async Task<bool> FillSystemAsync(Func<bool, RelayPool> poolOf, CancellationToken ct)
    {
        var claimed = 0;
        foreach (var capture in mode.Capture ? [true] : new[] { false, true })
        {
            var pool = poolOf(capture);
            var room = SystemAhead * pool.Connections - pool.Queue.SystemCount; // no connections while every relay is down
            if (room <= 0) continue;
            var mails = await outbox.ClaimAsync(capture, room, ct);
            foreach (var mail in mails) pool.Queue.Add(new MailWork.System(mail));
            claimed += mails.Count;
        }
        return claimed > 0;
    }

    private async Task<int> ClaimAsync(RunningCampaign campaign, RelayPool pool, CancellationToken ct)
    {
        var count = 0;
        if (campaign.Deferred > 0)
        {
            var due = await claims.DueAsync(campaign.Id, campaign.PublicationId, pool.Target, ct);
            if (due.LastId == 0) campaign.Deferred = 0; // none is due; the next look at the books asks again
            count += Add(due, campaign, pool);
        }
        if (campaign.Queued <= 0 || count >= pool.Target) return count;
        var batch = await claims.QueuedAsync(campaign.Id, campaign.PublicationId, campaign.After, pool.Target - count, ct);
        if (batch.LastId > 0) campaign.After = batch.LastId;
        else if (campaign.After > 0) campaign.After = 0; // something was given back behind us: once more from the head
        else campaign.Queued = 0;
        return count + Add(batch, campaign, pool);
    }

    private static int Add(ClaimedBatch batch, RunningCampaign campaign, RelayPool pool)
    {
        foreach (var delivery in batch.Deliveries) pool.Queue.Add(new MailWork.Bulk(delivery, campaign));
        return batch.Deliveries.Count;
    }
}
