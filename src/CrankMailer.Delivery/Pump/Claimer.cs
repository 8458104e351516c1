using CrankMailer.Model;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery.Pump;

/// <summary>Keeps the queues filled: a few claims ahead of the connections, the running campaigns in turn.</summary>
internal sealed class Claimer(Claims claims, OutboxLedger outbox, SendingMode mode, IOptions<DeliveryOptions> options)
{
    private const int MostSystem = 20;
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
            if (!campaign.IsRunning || !pool.IsUp || pool.Queue.BulkCount > pool.Target / 2) continue;
            if (pool.Queue.BulkCount == 0) pool.Target = Math.Min(pool.Target * 2, options.Value.ClaimBatch);
            claimed += await ClaimAsync(campaign, pool, ct);
        }
        return claimed > 0;
    }

    /// <summary>System mail that is due goes to the head of its queue.</summary>
    public async Task<bool> FillSystemAsync(Func<bool, RelayPool> poolOf, CancellationToken ct)
    {
        var claimed = 0;
        foreach (var capture in mode.Capture ? [true] : new[] { false, true })
        {
            if (!poolOf(capture).IsUp) continue;
            var mails = await outbox.ClaimAsync(capture, MostSystem, ct);
            foreach (var mail in mails) poolOf(capture).Queue.Add(new MailWork.System(mail));
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
