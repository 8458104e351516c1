using CrankMailer.Delivery.Freeze;
using CrankMailer.Delivery.Ledger;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery.Pump;

/// <summary>
/// One transaction of the ledger writer: looks at the rows as they are, decides for each, writes them, their attempts, the suppressions that hard
/// bounces make, and the counters.
/// </summary>
internal sealed class GroupCommit(SendingMode mode, IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<GroupCommit> log)
{
    /// <summary>How often a campaign's <c>last_ledger_write</c> is renewed: it tells hours, and its row is everybody's.</summary>
    private static readonly TimeSpan Touch = TimeSpan.FromSeconds(30);

    private readonly Dictionary<int, DateTimeOffset> _touched = [];

    /// <returns>Hand-overs that were refused.</returns>
    public async Task<HashSet<LedgerEntry>> WriteAsync(LedgerSql sql, IReadOnlyList<LedgerEntry> entries, CancellationToken ct)
    {
        var refused = new HashSet<LedgerEntry>(ReferenceEqualityComparer.Instance);
        foreach (var campaign in entries.GroupBy(e => e.Delivery.CampaignId).OrderBy(g => g.Key))
            await WriteCampaignAsync(sql, campaign.Key, [.. campaign], refused, ct);
        return refused;
    }

    private async Task WriteCampaignAsync(LedgerSql sql, int campaignId, List<LedgerEntry> entries, HashSet<LedgerEntry> refused, CancellationToken ct)
    {
        var now = clock.Instant();
        var rows = await SeeAsync(sql, campaignId, entries, ct);
        var unwanted = await UnwantedAsync(sql, campaignId, entries, now, ct);
        var campaign = await CampaignAsync(sql, campaignId, rows.Values.Any(r => r.State == DeliveryState.Uncertain), ct);
        var changes = new Dictionary<long, RowChange>();
        foreach (var entry in entries)
        {
            var id = entry.Delivery.Id;
            if (!rows.TryGetValue(id, out var seen)) continue;
            // Two wishes for one row in one commit, a hand-over and the refusal at RCPT: the second starts where the first ends.
            var row = changes.TryGetValue(id, out var earlier) ? seen with { State = earlier.To } : seen;
            var change = RowDecision.Decide(entry, row, mode.Node, campaign, now);
            if (entry is LedgerEntry.HandOver && unwanted.Contains(id) && change is not null) change = change with { To = DeliveryState.Suppressed };
            if (change is not null) changes[id] = change with { From = seen.State };
            if (entry is LedgerEntry.HandOver && change is not { To: DeliveryState.Handed }) refused.Add(entry);
            else if (change is null) log.OutcomeTooLate(campaignId, id, row.State);
        }
        await UpdateAsync(sql, campaignId, changes.Values, now, ct);
        await KeepAttemptsAsync(sql, campaignId, [.. changes.Values.Where(c => c.Verdict is not null)], now, ct);
        if (!campaign.Capture) await SuppressHardBouncesAsync(sql, campaignId, entries, changes, now, ct);
        await CountAsync(sql, campaignId, changes.Values, ct);
        await TouchAsync(sql, campaignId, now, ct);
    }

    private static async Task<Dictionary<long, RowSeen>> SeeAsync(LedgerSql sql, int campaignId, List<LedgerEntry> entries, CancellationToken ct) =>
        (await sql.ListAsync(
            $"""
            select id, state, owner, attempts from deliveries
            where campaign_id = {campaignId} and id in {Raw.Numbers(entries.Select(e => e.Delivery.Id))} order by id {sql.ForUpdate}
            """,
            row => new RowSeen(row.GetInt64(0), LedgerSql.ValueOf<DeliveryState>(row.GetString(1)), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt32(3)),
            ct)).ToDictionary(r => r.Id);

    /// <summary>The last look at unsubscribes and suppressions, in the very transaction that commits the hand-over (R49).</summary>
    private static async Task<HashSet<long>> UnwantedAsync(LedgerSql sql, int campaignId, List<LedgerEntry> entries, DateTimeOffset now, CancellationToken ct)
    {
        var handOvers = entries.Where(e => e is LedgerEntry.HandOver).Select(e => e.Delivery).ToList();
        if (handOvers.Count == 0) return [];
        return [.. await sql.ListAsync(
            $"""
            select d.id from deliveries d where d.campaign_id = {campaignId} and d.id in {Raw.Numbers(handOvers.Select(d => d.Id))}
            and not ({AudienceSql.StillWanted(campaignId, handOvers[0].PublicationId, now)})
            """,
            row => row.GetInt64(0), ct)];
    }

    /// <param name="holds">It must not end before our commit, because we may put something back into its queue.</param>
    private static async Task<CampaignSeen> CampaignAsync(LedgerSql sql, int campaignId, bool holds, CancellationToken ct)
    {
        if (holds) await sql.NumberAsync($"select id from campaigns where id = {campaignId} {sql.ForUpdate}", ct);
        var seen = await sql.Db.Campaigns.Where(c => c.Id == campaignId).Select(c => new { c.Capture, c.State }).SingleAsync(ct);
        return new CampaignSeen(seen.Capture, seen.State is not (CampaignState.Done or CampaignState.Cancelled));
    }

    private static Task UpdateAsync(LedgerSql sql, int campaignId, ICollection<RowChange> changes, DateTimeOffset now, CancellationToken ct) =>
        changes.Count == 0 ? Task.CompletedTask
        : sql.IsPostgres ? UpdateTogetherAsync(sql, campaignId, changes, now, ct)
        : UpdateAlikeAsync(sql, campaignId, changes, now, ct);

    /// <summary>PostgreSQL: one round trip for all.</summary>
    private static async Task UpdateTogetherAsync(LedgerSql sql, int campaignId, ICollection<RowChange> changes, DateTimeOffset now, CancellationToken ct)
    {
        var rows = LedgerJson.Write(sql, changes, (json, change) => json
            .Number("id", change.Id).Text("state", LedgerSql.WordOf(change.To)).Text("class", change.Class is { } kind ? LedgerSql.WordOf(kind) : null)
            .Number("attempts", change.Attempts).Instant("not_before", change.NotBefore));
        await sql.ExecuteAsync($"""
            update deliveries set state = v.state, class = v.class, attempts = v.attempts, not_before = v.not_before, state_at = {now},
                owner = case when v.state = 'handed' then owner end, leased_until = case when v.state = 'handed' then leased_until end
            from {sql.Rows(rows, "id bigint", "state text", "class text", "attempts integer", "not_before timestamptz")}
            where deliveries.campaign_id = {campaignId} and deliveries.id = v.id
            """, ct);
    }

    /// <summary>
    /// SQLite has no round trips, but joins an UPDATE … FROM by walking the whole campaign (measured: 0.4 s a commit at 10,000 rows). Rows that change
    /// alike, nearly all, share a statement by their keys instead.
    /// </summary>
    private static async Task UpdateAlikeAsync(LedgerSql sql, int campaignId, ICollection<RowChange> changes, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var alike in changes.GroupBy(c => (c.To, c.Class, c.Attempts, c.NotBefore)))
        {
            var (to, kind, attempts, notBefore) = alike.Key;
            var keeps = to == DeliveryState.Handed ? 1 : 0;
            await sql.ExecuteAsync($"""
                update deliveries set state = {to}, class = {kind}, attempts = {attempts}, not_before = {notBefore}, state_at = {now},
                    owner = case when {keeps} = 1 then owner end, leased_until = case when {keeps} = 1 then leased_until end
                where campaign_id = {campaignId} and id in {Raw.Numbers(alike.Select(c => c.Id))}
                """, ct);
        }
    }

    private static async Task KeepAttemptsAsync(LedgerSql sql, int campaignId, List<RowChange> changes, DateTimeOffset now, CancellationToken ct)
    {
        if (changes.Count == 0) return;
        var rows = LedgerJson.Write(sql, changes, (json, change) => json
            .Number("id", change.Id).Number("number", change.Attempts).Text("verdict", change.Verdict is { } verdict ? LedgerSql.WordOf(verdict) : null)
            .Text("phase", change.Facts?.Phase).Number("code", change.Facts?.Code).Text("enhanced", change.Facts?.EnhancedCode).Text("reply", change.Facts?.Reply)
            .Text("class", change.Facts?.Class).Text("remote", change.Facts?.Remote).Text("tls", change.Facts?.Tls));
        await sql.ExecuteAsync($"""
            insert into attempts (campaign_id, delivery_id, number, at, verdict, phase, code, enhanced_code, reply, class, remote, tls)
            select {campaignId}, v.id, v.number, {now}, v.verdict, v.phase, v.code, v.enhanced, v.reply, v.class, v.remote, v.tls
            from {sql.Rows(rows, "id bigint", "number integer", "verdict text", "phase text", "code integer", "enhanced text", "reply text", "class text", "remote text", "tls text")}
            where true on conflict (campaign_id, delivery_id, number) do update set
                at = excluded.at, verdict = excluded.verdict, phase = excluded.phase, code = excluded.code, enhanced_code = excluded.enhanced_code,
                reply = excluded.reply, class = excluded.class, remote = excluded.remote, tls = excluded.tls
            """, ct);
    }

    /// <summary>R84: an address that does not exist is suppressed at once, for every publication of the installation.</summary>
    private static async Task SuppressHardBouncesAsync(
        LedgerSql sql, int campaignId, List<LedgerEntry> entries, Dictionary<long, RowChange> changes, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var entry in entries)
        {
            if (!changes.TryGetValue(entry.Delivery.Id, out var change) || change is not { To: DeliveryState.Bounced, Class: BounceClass.Hard, Facts: { } facts }) continue;
            await sql.ExecuteAsync($"""
                insert into suppressions (address_hash, reason, at, campaign_id, note)
                select s.address_hash, 'hard_bounce', {now}, {campaignId}, {facts.Reply ?? ""} from subscribers s
                where s.id = {entry.Delivery.SubscriberId} and not exists (
                    select 1 from suppressions x where x.address_hash = s.address_hash and x.lifted_at is null and x.publication_id is null)
                """, ct);
        }
    }

    private async Task CountAsync(LedgerSql sql, int campaignId, IEnumerable<RowChange> changes, CancellationToken ct)
    {
        var moves = new CounterMoves(campaignId);
        foreach (var change in changes) moves.Move(change.From, change.To);
        await moves.ApplyAsync(sql, mode.Node, ct);
    }

    private async Task TouchAsync(LedgerSql sql, int campaignId, DateTimeOffset now, CancellationToken ct)
    {
        if (_touched.TryGetValue(campaignId, out var at) && now - at < Touch) return;
        // Not where it has gone stale meanwhile: the last answers of a machine that slept must not hide that from the watch (design §3).
        await sql.ExecuteAsync($"""
            update campaigns set last_ledger_write = {now} where id = {campaignId} and (last_ledger_write is null or last_ledger_write >= {now - options.Value.LateAfter})
            """, ct);
        _touched[campaignId] = now;
    }
}
