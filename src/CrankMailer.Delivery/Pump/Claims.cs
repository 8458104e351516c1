using System.Data.Common;
using CrankMailer.Delivery.Freeze;
using CrankMailer.Delivery.Ledger;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery.Pump;

/// <summary>
/// Claims deliveries of a running campaign for this node, in batches with a lease. No two nodes ever hold one row: PostgreSQL passes over rows
/// another transaction holds, SQLite has one writer. Claiming goes onward from the last claimed id, which spares looking at all rows already done.
/// </summary>
internal sealed class Claims(LedgerStore ledger, Holds<DeliveryKey> hands, SendingMode mode, IOptions<DeliveryOptions> options, TimeProvider clock)
{
    /// <summary>Queued rows behind <paramref name="after"/>, in the order of their ids. Those who must not be mailed any more are suppressed on the way (R49).</summary>
    public Task<ClaimedBatch> QueuedAsync(int campaignId, int publicationId, long after, int count, CancellationToken ct) =>
        ClaimAsync(campaignId, publicationId, DeliveryState.Queued, $"d.id > {after} order by d.id", count, ct);

    /// <summary>Deferred rows whose time has come.</summary>
    public Task<ClaimedBatch> DueAsync(int campaignId, int publicationId, int count, CancellationToken ct) =>
        ClaimAsync(campaignId, publicationId, DeliveryState.Deferred, $"d.not_before <= {clock.Instant()} order by d.not_before", count, ct);

    /// <summary>Keeps what this node has in hand for another lease; what it lost track of is not renewed and comes back.</summary>
    public async Task RenewAsync(CancellationToken ct)
    {
        foreach (var held in hands.All.GroupBy(key => key.CampaignId, key => key.Id).OrderBy(group => group.Key))
            await ledger.WriteAsync(sql =>
            {
                // What a group commit holds just now is passed over and renewed the next time: waiting for it row by row, the two can wait for each other.
                FormattableString free = $"""
                    select d.id from deliveries d where d.campaign_id = {held.Key} and d.id in {Raw.Numbers(held)}
                    and d.state in ('claimed', 'handed') and d.owner = {mode.Node} {sql.SkipLocked}
                    """;
                return sql.ExecuteAsync($"""
                    update deliveries set leased_until = {sql.LeaseEnd(clock.Instant(), options.Value.Lease)}
                    where campaign_id = {held.Key} and id {sql.In(free)}
                    """, ct);
            }, ct);
    }

    private async Task<ClaimedBatch> ClaimAsync(int campaignId, int publicationId, DeliveryState from, FormattableString which, int count, CancellationToken ct)
    {
        var batch = await TakeBatchAsync(campaignId, publicationId, from, which, count, ct);
        foreach (var delivery in batch.Deliveries) hands.Take(delivery.Key);
        return batch;
    }

    private Task<ClaimedBatch> TakeBatchAsync(int campaignId, int publicationId, DeliveryState from, FormattableString which, int count, CancellationToken ct) =>
        ledger.WriteAsync(async sql =>
        {
            var now = clock.Instant();
            var ids = await TakeAsync(sql, campaignId, from, which, count, now, ct);
            if (ids.Count == 0) return ClaimedBatch.Empty;
            var unwanted = await SuppressAsync(sql, campaignId, publicationId, ids, now, ct);
            var moves = new CounterMoves(campaignId);
            moves.Move(from, DeliveryState.Claimed, ids.Count - unwanted);
            moves.Move(from, DeliveryState.Suppressed, unwanted);
            await moves.ApplyAsync(sql, mode.Node, ct);
            return new ClaimedBatch(await ReadAsync(sql, campaignId, publicationId, ids, ct), ids.Max());
        }, ct);

    private Task<List<long>> TakeAsync(LedgerSql sql, int campaignId, DeliveryState from, FormattableString which, int count, DateTimeOffset now, CancellationToken ct)
    {
        FormattableString next = $"""
            select d.id from deliveries d where d.campaign_id = {campaignId} and d.state = '{new Raw(LedgerSql.WordOf(from))}' and {which} limit {count} {sql.SkipLocked}
            """;
        return sql.ListAsync(
            $"""
            update deliveries set state = 'claimed', owner = {mode.Node}, leased_until = {sql.LeaseEnd(now, options.Value.Lease)}, not_before = null, state_at = {now}
            where campaign_id = {campaignId} and id {sql.In(next)}
            returning id
            """,
            row => row.GetInt64(0), ct);
    }

    private static Task<int> SuppressAsync(LedgerSql sql, int campaignId, int publicationId, List<long> ids, DateTimeOffset now, CancellationToken ct) =>
        sql.ExecuteAsync($"""
            update deliveries set state = 'suppressed', owner = null, leased_until = null, state_at = {now}
            where campaign_id = {campaignId} and id in (
                select d.id from deliveries d where d.campaign_id = {campaignId} and d.id in {Raw.Numbers(ids)}
                and not ({AudienceSql.StillWanted(campaignId, publicationId, now)}))
            """, ct);

    private static Task<List<ClaimedDelivery>> ReadAsync(LedgerSql sql, int campaignId, int publicationId, List<long> ids, CancellationToken ct) =>
        sql.ListAsync(
            $"""
            select d.id, d.subscriber_id, d.edition_id, d.address, d.provider, d.attempts, s.name, s.first_name, s.last_name, s.attributes
            from deliveries d join subscribers s on s.id = d.subscriber_id
            where d.campaign_id = {campaignId} and d.id in {Raw.Numbers(ids)} and d.state = 'claimed' order by d.id
            """,
            row => new ClaimedDelivery(
                campaignId, publicationId, row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), TextOf(row, 3) ?? "", row.GetString(4), row.GetInt32(5),
                TextOf(row, 6), TextOf(row, 7), TextOf(row, 8), row.GetString(9)),
            ct);

    private static string? TextOf(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

/// <param name="Deliveries">To be sent; fewer than taken where somebody must not be mailed any more.</param>
/// <param name="LastId">Highest id taken; 0 where there was nothing to take.</param>
internal sealed record ClaimedBatch(IReadOnlyList<ClaimedDelivery> Deliveries, long LastId)
{
    public static readonly ClaimedBatch Empty = new([], 0);
}
