using System.Data;
using System.Diagnostics;
using CrankMailer.Delivery.Campaigns;
using CrankMailer.Delivery.Ledger;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery.Freeze;

/// <summary>
/// Freezes the audience of a running campaign into the ledger (design §5, rule 1), one short transaction a call, by subscriber id. The cursor on the
/// campaign moves in the same transaction, so a crash repeats nothing and skips nothing, and sending goes on beside it.
/// </summary>
internal sealed class Freezer(LedgerStore ledger, LedgerPartitions partitions, SendingMode mode, IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<Freezer> log)
{
    private const int LockClass = 4006;
    private const int SmallestChunk = 200;
    private const int LargestChunk = 50_000;

    // Not exact under several campaigns at once, and need not be: it only aims the next chunk.
    private int _chunk = 2_000;

    /// <summary>Freezes one chunk of the campaign, where it is running and not yet frozen.</summary>
    public async Task<FreezeStep> StepAsync(int campaignId, CancellationToken ct)
    {
        await partitions.EnsureAsync(campaignId, ct);
        var begun = Stopwatch.GetTimestamp();
        FreezeStep step;
        try
        {
            // Two statements judge the same people, so on PostgreSQL both must see the same moment.
            step = await ledger.WriteAsync(sql => StepAsync(sql, campaignId, ct), IsolationLevel.RepeatableRead, ct);
        }
        catch (Exception e) when (LedgerConflicts.IsConflict(e))
        {
            return FreezeStep.Waited;
        }
        Aim(Stopwatch.GetElapsedTime(begun));
        if (step.Queued + step.LeftOut > 0) log.FrozeChunk(campaignId, step.Queued, step.LeftOut);
        return step;
    }

    private async Task<FreezeStep> StepAsync(LedgerSql sql, int campaignId, CancellationToken ct)
    {
        if (!await TryLockAsync(sql, campaignId, ct)) return FreezeStep.Waited;
        var campaign = await sql.Db.Campaigns.AsNoTracking().FirstOrDefaultAsync(c => c.Id == campaignId, ct);
        if (campaign is not { State: CampaignState.Running, FreezeAt: { } at, FrozenAt: null }) return FreezeStep.Nothing;

        // The plus keeps both planners from sorting the whole publication by its e-mail index for every chunk.
        var upTo = await sql.NumberAsync($"""
            select max(id) from (select id from subscribers where +publication_id = {campaign.PublicationId} and id > {campaign.FreezeCursor} order by id limit {_chunk}) as next
            """, ct);
        if (upTo is null) return await EndAsync(sql, campaign, ct);

        var choice = await ChoiceAsync(sql.Db, campaignId, ct);
        var judged = AudienceSql.Judged(sql, campaign.PublicationId, choice, at, campaign.FreezeCursor, upTo.Value);
        var leftOut = await sql.ExecuteAsync($"""
            insert into left_out (campaign_id, subscriber_id, reason)
            {judged} select {campaignId}, id, reason from judged where reason is not null
            """, ct);
        var queued = await InsertDeliveriesAsync(sql, campaign, judged, ct);
        await MoveCursorAsync(sql, campaign, upTo.Value, queued, ct);
        return new FreezeStep(false, queued, leftOut);
    }

    private async Task<int> InsertDeliveriesAsync(LedgerSql sql, Campaign campaign, FormattableString judged, CancellationToken ct)
    {
        var edition = await EditionByLanguageAsync(sql.Db, campaign, ct);
        var provider = new Raw(ReceiverGroups.SqlOf("normalized_email", sql.IsPostgres));
        var now = clock.Instant();
        var queued = await sql.ExecuteAsync($"""
            insert into deliveries (campaign_id, id, subscriber_id, edition_id, address, provider, state, attempts, state_at)
            {judged} select {campaign.Id}, {campaign.Audience} + row_number() over (order by id), id, {edition}, email, {provider}, 'queued', 0, {now}
            from judged where reason is null
            """, ct);
        var moves = new CounterMoves(campaign.Id);
        moves.Add(DeliveryState.Queued, queued);
        await moves.ApplyAsync(sql, mode.Node, ct);
        return queued;
    }

    private async Task MoveCursorAsync(LedgerSql sql, Campaign campaign, long cursor, int queued, CancellationToken ct)
    {
        var now = clock.Instant();
        // Where the machine slept amid this step, the watch must still see how old it is (design §3).
        DateTimeOffset? stale = now - options.Value.LateAfter;
        var moved = await sql.Db.Campaigns
            .Where(c => c.Id == campaign.Id && c.State == CampaignState.Running && c.FreezeCursor == campaign.FreezeCursor && c.Audience == campaign.Audience)
            .ExecuteUpdateAsync(s => s
                .SetProperty(c => c.FreezeCursor, cursor)
                .SetProperty(c => c.Audience, c => c.Audience + queued)
                .SetProperty(c => c.LastLedgerWrite, c => c.LastLedgerWrite == null || c.LastLedgerWrite >= stale ? now : c.LastLedgerWrite), ct);
        // Paused or cancelled between our look and now: the transaction is undone as a whole.
        if (moved != 1) throw new LedgerConflictException($"Campaign {campaign.Id} was changed while it was being frozen.");
    }

    private async Task<FreezeStep> EndAsync(LedgerSql sql, Campaign campaign, CancellationToken ct)
    {
        var now = clock.Instant();
        DateTimeOffset? stale = now - options.Value.LateAfter;
        await sql.Db.Campaigns.Where(c => c.Id == campaign.Id && c.State == CampaignState.Running && c.FrozenAt == null)
            .ExecuteUpdateAsync(s => s
                .SetProperty(c => c.FrozenAt, now)
                .SetProperty(c => c.LastLedgerWrite, c => c.LastLedgerWrite == null || c.LastLedgerWrite >= stale ? now : c.LastLedgerWrite), ct);
        log.Frozen(campaign.Id, campaign.Audience);
        return FreezeStep.Nothing;
    }

    /// <summary>One node freezes at a time; the others go on sending.</summary>
    private static async Task<bool> TryLockAsync(LedgerSql sql, int campaignId, CancellationToken ct) =>
        !sql.IsPostgres || await sql.NumberAsync($"select case when pg_try_advisory_xact_lock({LockClass}, {campaignId}) then 1 else 0 end", ct) == 1;

    private static async Task<AudienceChoice> ChoiceAsync(CrankDb db, int campaignId, CancellationToken ct)
    {
        var lists = await db.CampaignLists.AsNoTracking().Where(l => l.CampaignId == campaignId).OrderBy(l => l.ListId).ToListAsync(ct);
        return new AudienceChoice([.. lists.Where(l => !l.Excluded).Select(l => l.ListId)], [.. lists.Where(l => l.Excluded).Select(l => l.ListId)]);
    }

    /// <summary>An SQL expression over <c>lang</c>: the edition in the subscriber's language, else in the publication's, else the first.</summary>
    private static async Task<FormattableString> EditionByLanguageAsync(CrankDb db, Campaign campaign, CancellationToken ct)
    {
        var editions = await db.CampaignEditions.AsNoTracking().Where(e => e.CampaignId == campaign.Id).OrderBy(e => e.EditionId).ToListAsync(ct);
        var publication = await db.Publications.AsNoTracking().SingleAsync(p => p.Id == campaign.PublicationId, ct);
        var fallback = editions.FirstOrDefault(e => Primary(e.Lang) == Primary(publication.Document.Lang)) ?? editions[0];
        FormattableString expression = $"{fallback.EditionId}";
        foreach (var edition in editions.Where(e => e != fallback))
        {
            var rest = expression;
            expression = $"case when lower(lang) = {Primary(edition.Lang)} or lower(lang) like {Primary(edition.Lang) + "-%"} then {edition.EditionId} else {rest} end";
        }
        return expression;
    }

    private static string Primary(string lang) => lang.Split('-')[0].ToLowerInvariant();

    /// <summary>The next chunk takes about as long as the setting says: half as long at most, twice as long at least is mended at once.</summary>
    private void Aim(TimeSpan took)
    {
        var factor = Math.Clamp(options.Value.FreezeTransaction / TimeSpan.FromTicks(Math.Max(took.Ticks, 1)), 0.25, 2);
        _chunk = Math.Clamp((int)(_chunk * factor), SmallestChunk, LargestChunk);
    }
}
