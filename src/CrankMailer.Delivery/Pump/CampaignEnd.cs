using CrankMailer.Delivery.Ledger;
using CrankMailer.Model;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Delivery.Pump;

/// <summary>Brings a campaign to its end: only when frozen to the last, the books balance and nothing is open (design §5, rule 4).</summary>
internal sealed class CampaignEnd(LedgerStore ledger, AlertRaiser alerts, TimeProvider clock, ILogger<CampaignEnd> log)
{
    /// <summary>Kind of the alert about rows only a person can settle.</summary>
    public const string Uncertain = "uncertain";

    public async Task TryFinishAsync(RunningCampaign campaign, CancellationToken ct)
    {
        var now = clock.Instant();
        var done = await ledger.WriteAsync(async sql =>
        {
            // Its own statement before: who puts a row back into the queue holds the campaign, and the books are looked at after he let go.
            await sql.NumberAsync($"select id from campaigns where id = {campaign.Id} {sql.ForUpdate}", ct);
            // One statement, so that the books it looks at are those it ends.
            return await sql.ExecuteAsync($"""
                update campaigns set state = 'done', done_at = {now} where id = {campaign.Id} and state = 'running' and frozen_at is not null
                and 0 = coalesce((select sum(count) from campaign_counters where campaign_id = {campaign.Id} and state in {Raw.Words([.. DeliveryStates.Open.Select(s => (Enum)s)])}), 0)
                and audience = coalesce((select sum(count) from campaign_counters where campaign_id = {campaign.Id}), 0)
                """, ct);
        }, ct) == 1;
        if (!done) return;
        campaign.Stop();
        log.CampaignMoved(campaign.Id, "done");
        await AlertUncertainAsync(campaign.Id, campaign.PublicationId, ct);
    }

    /// <summary>Uncertain rows do not keep a campaign open, but somebody must be told: only a person can settle them.</summary>
    public async Task AlertUncertainAsync(int campaignId, int publicationId, CancellationToken ct)
    {
        var count = await ledger.ReadAsync(sql => sql.NumberAsync(
            $"select sum(count) from campaign_counters where campaign_id = {campaignId} and state = 'uncertain'", ct), ct) ?? 0;
        if (count == 0) return;
        await alerts.RaiseAsync(Severity.Warning, Uncertain, "", $"{count} deliveries are uncertain: nobody knows whether the relay took them. Send them again, or count them as accepted.", publicationId, campaignId, ct);
    }
}
