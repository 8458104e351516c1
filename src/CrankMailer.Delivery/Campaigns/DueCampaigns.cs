using CrankMailer.Delivery.Pump;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery.Campaigns;

/// <summary>
/// The job that starts scheduled campaigns whose time came, and the sweep that heals a lost trigger: it decides by the rows alone, so it may run at any
/// time, any number of times, on any node.
/// </summary>
public sealed class DueCampaigns
{
    private readonly CrankDb _db;
    private readonly CampaignReadiness _readiness;
    private readonly CampaignMoves _moves;
    private readonly CampaignStops _stops;
    private readonly SendingMode _mode;
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    internal DueCampaigns(
        CrankDb db, CampaignReadiness readiness, CampaignMoves moves, CampaignStops stops, SendingMode mode, IOptions<DeliveryOptions> options, TimeProvider clock,
        ILogger<DueCampaigns> log) =>
        (_db, _readiness, _moves, _stops, _mode, _options, _clock, _log) = (db, readiness, moves, stops, mode, options.Value, clock, log);

    /// <returns>Campaigns started.</returns>
    public async Task<int> StartAsync(CancellationToken ct)
    {
        var now = _clock.Instant();
        var due = await _db.Campaigns.AsNoTracking()
            .Where(c => c.State == CampaignState.Scheduled && (c.StartsAt <= now || (_mode.Capture && !c.Capture)))
            .OrderBy(c => c.StartsAt).ThenBy(c => c.Id).ToListAsync(ct);
        var started = 0;
        foreach (var campaign in due) started += await StartAsync(campaign, now, ct) ? 1 : 0;
        return started;
    }

    private async Task<bool> StartAsync(Campaign campaign, DateTimeOffset now, CancellationToken ct)
    {
        if (await FindHoldAsync(campaign, now, ct) is { } why)
        {
            await _stops.HoldAsync(campaign.Id, campaign.PublicationId, why, ct);
            return false;
        }
        if (!await _moves.TryStartAsync(new CampaignMove("campaign.started", campaign.Id, null, "on time"), [CampaignState.Scheduled], ct, onlyWhenDue: true)) return false;
        _log.CampaignMoved(campaign.Id, "started on time");
        return true;
    }

    private async Task<string?> FindHoldAsync(Campaign campaign, DateTimeOffset now, CancellationToken ct)
    {
        if (_mode.Capture && !campaign.Capture) return "This process catches its mail, and the campaign was made to be really sent.";
        if (now - campaign.StartsAt > _options.LateAfter)
            return $"It was to start on {SendTime.Show(campaign.StartsAt ?? now, campaign.TimeZone)} and nobody was there to start it.";
        var editions = await _db.CampaignEditions.Where(e => e.CampaignId == campaign.Id).Select(e => e.EditionId).ToListAsync(ct);
        return await _readiness.FindProblemAsync(campaign.IssueId, editions, ct);
    }
}
