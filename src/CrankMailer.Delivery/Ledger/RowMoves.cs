using CrankMailer.Model;
using CrankMailer.Model.Ledger;

namespace CrankMailer.Delivery.Ledger;

/// <summary>Moves many rows of a campaign from one state into another, in short transactions, with the books.</summary>
internal sealed class RowMoves(LedgerStore ledger, SendingMode mode, TimeProvider clock)
{
    /// <summary>Rows a transaction: some ten milliseconds on SQLite.</summary>
    private const int Chunk = 2_000;

    /// <summary>Back to the queue: what is deferred, and what bounced for a reason that is not the address.</summary>
    public async Task<long> RetryFailedAsync(int campaignId, CancellationToken ct) =>
        await MoveAllAsync(campaignId, DeliveryState.Deferred, DeliveryState.Queued, $"1 = 1", ct)
        + await MoveAllAsync(campaignId, DeliveryState.Bounced, DeliveryState.Queued, $"d.class in {Raw.Words(BounceClass.Soft, BounceClass.Block, BounceClass.Config)}", ct);

    /// <param name="deliveries">Null: all of them.</param>
    public Task<long> SettleAsync(int campaignId, IReadOnlyList<long>? deliveries, DeliveryState to, CancellationToken ct)
    {
        FormattableString all = $"1 = 1";
        return MoveAllAsync(campaignId, DeliveryState.Uncertain, to, deliveries is null ? all : $"d.id in {Raw.Numbers(deliveries)}", ct);
    }

    /// <summary>Takes back what was not handed over (design §5: queued, claimed, deferred → cancelled).</summary>
    /// <returns>Rows cancelled.</returns>
    public async Task<long> CancelOpenAsync(int campaignId, long audience, CancellationToken ct)
    {
        var cancelled = 0L;
        // By ranges of the key: no index knows the queued rows, and looking from the head again and again would be quadratic.
        for (var after = 0L; after < audience; after += Chunk)
        {
            var range = after;
            cancelled += await ledger.WriteAsync(async sql =>
            {
                var moved = 0L;
                foreach (var from in DeliveryStates.Cancellable)
                    moved += await MoveAsync(sql, campaignId, from, DeliveryState.Cancelled, $"d.id > {range} and d.id <= {range + Chunk}", ct);
                return moved;
            }, ct);
        }
        return cancelled;
    }

    private async Task<long> MoveAllAsync(int campaignId, DeliveryState from, DeliveryState to, FormattableString condition, CancellationToken ct)
    {
        var total = 0L;
        for (var moved = -1L; moved is -1 or Chunk; total += moved)
            moved = await ledger.WriteAsync(sql => MoveAsync(sql, campaignId, from, to, condition, ct), ct);
        return total;
    }

    private async Task<long> MoveAsync(LedgerSql sql, int campaignId, DeliveryState from, DeliveryState to, FormattableString condition, CancellationToken ct)
    {
        var now = clock.Instant();
        FormattableString next = $"""
            select d.id from deliveries d where d.campaign_id = {campaignId} and d.state = '{new Raw(LedgerSql.WordOf(from))}' and {condition}
            limit {Chunk} {sql.SkipLocked}
            """;
        var moved = await sql.ExecuteAsync($"""
            update deliveries set state = {to}, class = null, not_before = null, leased_until = null, owner = null, state_at = {now}
            where campaign_id = {campaignId} and id {sql.In(next)}
            """, ct);
        var moves = new CounterMoves(campaignId);
        moves.Move(from, to, moved);
        await moves.ApplyAsync(sql, mode.Node, ct);
        return moved;
    }
}
