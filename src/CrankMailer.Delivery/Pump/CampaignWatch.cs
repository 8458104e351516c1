using System.Collections.Concurrent;
using CrankMailer.Delivery.Campaigns;
using CrankMailer.Delivery.Ledger;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery.Pump;

/// <summary>
/// Looks at the campaign rows every second, because any process may change them: which run, which must be held, which are done, which were cancelled
/// and have rows left.
/// </summary>
internal sealed class CampaignWatch(
    LedgerStore ledger, LeaseSweep sweep, RowMoves rows, CampaignStops stops, CampaignEnd end, SendingMode mode, IOptions<DeliveryOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan LongestTouch = TimeSpan.FromMinutes(5);

    private readonly TimeSpan _touch = options.Value.LateAfter / 4 < LongestTouch ? options.Value.LateAfter / 4 : LongestTouch;
    private readonly ConcurrentDictionary<int, RunningCampaign> _running = new();

    /// <summary>By id, so that older campaigns are not behind newer ones.</summary>
    public IReadOnlyList<RunningCampaign> Running => [.. _running.Values.Where(c => c.IsRunning).OrderBy(c => c.Id)];

    public async Task LookAsync(CancellationToken ct)
    {
        var found = await ledger.ReadAsync(sql => sql.Db.Campaigns.AsNoTracking().Where(c => c.State == CampaignState.Running).OrderBy(c => c.Id)
            .Select(c => new CampaignRow(c.Id, c.PublicationId, c.Capture, c.FrozenAt != null, c.LastLedgerWrite ?? c.StartedAt ?? c.CreatedAt)).ToListAsync(ct), ct);
        foreach (var (id, campaign) in _running)
        {
            if (campaign.IsRunning && found.Any(r => r.Id == id)) continue;
            campaign.Stop();
            _running.TryRemove(id, out _);
        }
        foreach (var row in found) await SeeAsync(row, ct);
        await CountAsync(ct);
        await CancelAsync(ct);
    }

    private async Task SeeAsync(CampaignRow row, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var age = now - row.LastWrite;
        if (_running.TryGetValue(row.Id, out var known) && age <= options.Value.LateAfter)
        {
            known.IsFrozen = row.IsFrozen;
            known.Seen(now);
            // While somebody works on it, it is not stale, even where all its rows wait for a retry.
            if (age > _touch) await TouchAsync(row.Id, ct);
            return;
        }
        known?.Stop(); // the machine slept, or the database was away: nobody worked on it, and it is judged like one just found
        if (mode.Capture && !row.Capture)
            await stops.HoldAsync(row.Id, row.PublicationId, "This process catches its mail, and the campaign was made to be really sent.", ct);
        else if (age > options.Value.LateAfter)
            await stops.HoldAsync(row.Id, row.PublicationId, $"Nothing was sent for {Words(age)}: what it says may be out of date.", ct);
        else
            await BeginAsync(row, ct);
    }

    private async Task BeginAsync(CampaignRow row, CancellationToken ct)
    {
        var isSqlite = await ledger.ReadAsync(sql => Task.FromResult(!sql.IsPostgres), ct);
        if (isSqlite && await sweep.TakeOverAsync(row.Id, ct) > 0) await end.AlertUncertainAsync(row.Id, row.PublicationId, ct);
        _running[row.Id] = new RunningCampaign(row, clock.GetTimestamp(), clock.GetUtcNow());
    }

    private async Task CountAsync(CancellationToken ct)
    {
        var campaigns = Running;
        if (campaigns.Count == 0) return;
        var sums = await ledger.ReadAsync(sql => sql.ListAsync(
            $"select campaign_id, state, sum(count) from campaign_counters where campaign_id in {Raw.Numbers(campaigns.Select(c => c.Id))} group by campaign_id, state",
            row => (Campaign: row.GetInt32(0), State: LedgerSql.ValueOf<DeliveryState>(row.GetString(1)), Count: Convert.ToInt64(row.GetValue(2), System.Globalization.CultureInfo.InvariantCulture)),
            ct), ct);
        foreach (var campaign in campaigns)
        {
            var states = sums.Where(s => s.Campaign == campaign.Id).ToDictionary(s => s.State, s => s.Count);
            campaign.Queued = states.GetValueOrDefault(DeliveryState.Queued);
            campaign.Deferred = states.GetValueOrDefault(DeliveryState.Deferred);
            if (campaign.IsFrozen && DeliveryStates.Open.All(state => states.GetValueOrDefault(state) == 0)) await end.TryFinishAsync(campaign, ct);
        }
    }

    private async Task CancelAsync(CancellationToken ct)
    {
        var left = await ledger.ReadAsync(sql => sql.ListAsync(
            $"""
            select c.id, c.audience from campaigns c join campaign_counters k on k.campaign_id = c.id
            where c.state = 'cancelled' and k.state in {Raw.Words([.. DeliveryStates.Cancellable.Select(s => (Enum)s)])}
            group by c.id, c.audience having sum(k.count) > 0
            """,
            row => (Id: row.GetInt32(0), Audience: row.GetInt64(1)), ct), ct);
        foreach (var (id, audience) in left) await rows.CancelOpenAsync(id, audience, ct);
    }

    // Not where it has gone stale since we looked: a machine may sleep between two lines.
    private Task<int> TouchAsync(int id, CancellationToken ct)
    {
        var now = clock.Instant();
        return ledger.WriteAsync(sql => sql.ExecuteAsync($"""
            update campaigns set last_ledger_write = {now}
            where id = {id} and state = 'running' and (last_ledger_write is null or last_ledger_write >= {now - options.Value.LateAfter})
            """, ct), ct);
    }

    private static string Words(TimeSpan age) => age.TotalMinutes < 120 ? $"{age.TotalMinutes:0} minutes" : age.TotalHours < 48 ? $"{age.TotalHours:0} hours" : $"{age.TotalDays:0} days";
}
