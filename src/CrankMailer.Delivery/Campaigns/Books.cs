using CrankMailer.Delivery.Ledger;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Delivery.Campaigns;

/// <summary>Reads campaigns with their books: audience, states, left-out. Cheap enough to be asked every second.</summary>
public sealed class Books
{
    private readonly CrankDb _db;

    internal Books(CrankDb db) => _db = db;

    public async Task<CampaignBooks?> FindAsync(int campaignId, CancellationToken ct) =>
        await _db.Campaigns.AnyAsync(c => c.Id == campaignId, ct) ? (await ReadAsync([campaignId], ct)).SingleOrDefault() : null;

    /// <summary>Newest first.</summary>
    /// <param name="publicationId">Null: of all publications.</param>
    /// <param name="before">Last campaign id of the page before; null for the first.</param>
    public async Task<IReadOnlyList<CampaignBooks>> ListAsync(int? publicationId, int? before, int take, CancellationToken ct)
    {
        var ids = await _db.Campaigns
            .Where(c => (publicationId == null || c.PublicationId == publicationId) && (before == null || c.Id < before))
            .OrderByDescending(c => c.Id).Take(take).Select(c => c.Id).ToListAsync(ct);
        return await ReadAsync(ids, ct);
    }

    /// <summary>Campaigns that move or wait: scheduled, running, paused, held. Newest first.</summary>
    public async Task<IReadOnlyList<CampaignBooks>> CurrentAsync(CancellationToken ct)
    {
        CampaignState[] current = [CampaignState.Scheduled, CampaignState.Running, CampaignState.Paused, CampaignState.Held];
        var ids = await _db.Campaigns.Where(c => current.Contains(c.State)).OrderByDescending(c => c.Id).Select(c => c.Id).ToListAsync(ct);
        return await ReadAsync(ids, ct);
    }

    /// <summary>Deliveries in a state, by ascending id, each with its last reply.</summary>
    /// <param name="after">Last delivery id of the page before; 0 for the first.</param>
    public async Task<IReadOnlyList<DeliveryLine>> LinesAsync(int campaignId, DeliveryState state, long after, int take, CancellationToken ct)
    {
        var rows = await _db.Deliveries.AsNoTracking().Where(d => d.CampaignId == campaignId && d.State == state && d.Id > after)
            .OrderBy(d => d.Id).Take(take).ToListAsync(ct);
        var ids = rows.ConvertAll(d => d.Id);
        var attempts = await _db.Attempts.AsNoTracking().Where(a => a.CampaignId == campaignId && ids.Contains(a.DeliveryId)).ToListAsync(ct);
        var last = attempts.GroupBy(a => a.DeliveryId).ToDictionary(g => g.Key, g => g.MaxBy(a => a.Number));
        var bounces = state != DeliveryState.Bounced ? [] : await _db.FeedbackEntries.AsNoTracking()
            .Where(f => f.CampaignId == campaignId && f.DeliveryId != null && ids.Contains(f.DeliveryId.Value) && f.Kind == FeedbackKind.Bounce && !f.Delayed).ToListAsync(ct);
        var cameBack = bounces.GroupBy(f => f.DeliveryId ?? 0).ToDictionary(g => g.Key, g => g.MaxBy(f => f.Id));
        return rows.ConvertAll(d =>
        {
            var attempt = last.GetValueOrDefault(d.Id);
            // Taken, and bounced later: what the report says explains it, not the reply.
            var bounce = d.State == DeliveryState.Bounced && attempt is not { Verdict: AttemptVerdict.Bounced } ? cameBack.GetValueOrDefault(d.Id) : null;
            return new DeliveryLine(
                d.Id, d.SubscriberId, d.Address, d.Provider, d.State, d.Class, d.Attempts, d.NotBefore, d.StateAt,
                bounce is null ? attempt?.Phase : "report", bounce is null ? attempt?.Code : null, bounce is null ? attempt?.Reply : bounce.Diagnostic ?? bounce.Status);
        });
    }

    /// <summary>Counts the rows themselves: for a test or the doctor, not for a page. Equal to the books, or something is broken.</summary>
    public async Task<IReadOnlyDictionary<DeliveryState, long>> CountRowsAsync(int campaignId, CancellationToken ct)
    {
        var counts = await _db.Deliveries.Where(d => d.CampaignId == campaignId).GroupBy(d => d.State).Select(g => new { g.Key, Count = g.LongCount() }).ToListAsync(ct);
        return AllStates(counts.ToDictionary(c => c.Key, c => c.Count));
    }

    private async Task<IReadOnlyList<CampaignBooks>> ReadAsync(List<int> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var sums = await SumsAsync(ids, ct);
        var heads = await _db.Campaigns.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderByDescending(c => c.Id).ToListAsync(ct);
        var leftOut = await _db.LeftOut.Where(l => ids.Contains(l.CampaignId)).GroupBy(l => new { l.CampaignId, l.Reason })
            .Select(g => new { g.Key.CampaignId, g.Key.Reason, Count = g.LongCount() }).ToListAsync(ct);
        var reasons = leftOut.ToLookup(l => l.CampaignId);
        var complaints = await _db.FeedbackEntries.Where(f => f.CampaignId != null && ids.Contains(f.CampaignId.Value) && f.Kind == FeedbackKind.Complaint)
            .GroupBy(f => f.CampaignId ?? 0).Select(g => new { g.Key, Count = g.Select(f => f.DeliveryId).Distinct().LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return heads.ConvertAll(c =>
        {
            var rows = sums[c.Id].ToList();
            var states = rows.Where(r => r.State is not null).ToDictionary(r => LedgerSql.ValueOf<DeliveryState>(r.State ?? ""), r => r.Count);
            var head = new CampaignHead(
                c.Id, c.PublicationId, c.IssueId, c.Name, c.State, c.StateReason, c.StartsAt, c.TimeZone, c.StartedAt, c.FrozenAt, c.DoneAt,
                rows.Count > 0 ? rows[0].Audience : c.Audience, c.Capture, c.CreatedAt);
            return new CampaignBooks(head, AllStates(states), reasons[c.Id].ToDictionary(l => l.Reason, l => l.Count)) { Complaints = complaints.GetValueOrDefault(c.Id) };
        });
    }

    /// <summary>Audience and states in one statement, so that they are of one moment while the pump writes.</summary>
    private async Task<ILookup<int, Sum>> SumsAsync(List<int> ids, CancellationToken ct) =>
        (await new LedgerSql(_db).ListAsync(
            $"""
            select c.id, c.audience, k.state, sum(k.count) from campaigns c left join campaign_counters k on k.campaign_id = c.id
            where c.id in {Raw.Numbers(ids)} group by c.id, c.audience, k.state
            """,
            row => new Sum(row.GetInt32(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? 0 : Convert.ToInt64(row.GetValue(3), System.Globalization.CultureInfo.InvariantCulture)),
            ct)).ToLookup(s => s.CampaignId);

    private static Dictionary<DeliveryState, long> AllStates(IReadOnlyDictionary<DeliveryState, long> known) =>
        Enum.GetValues<DeliveryState>().ToDictionary(state => state, state => known.GetValueOrDefault(state));

    private sealed record Sum(int CampaignId, long Audience, string? State, long Count);
}
