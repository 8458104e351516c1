using CrankMailer.Delivery.Ledger;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Delivery.Pump;

/// <summary>
/// What a lost process left behind (design §5, rule 3): a claim goes back to the queue; a row that was handed over without a verdict is uncertain,
/// because the relay may have it. Never silently resent, never silently dropped.
/// </summary>
internal sealed class LeaseSweep(LedgerStore ledger, SendingMode mode, TimeProvider clock, ILogger<LeaseSweep> log)
{
    private const int MostRows = 1_000;

    /// <summary>Takes back claims whose lease ran out, in whatever state the campaign is.</summary>
    /// <returns>Rows that became uncertain.</returns>
    public Task<int> SweepAsync(int campaignId, CancellationToken ct) => TakeBackAsync(campaignId, onlyLate: true, ct);

    /// <summary>
    /// Takes back all claims of other processes without waiting for their leases. Only on SQLite, where the lock file says that there is no other
    /// process: after a crash the campaign goes on at once.
    /// </summary>
    public Task<int> TakeOverAsync(int campaignId, CancellationToken ct) => TakeBackAsync(campaignId, onlyLate: false, ct);

    private async Task<int> TakeBackAsync(int campaignId, bool onlyLate, CancellationToken ct)
    {
        var (requeued, uncertain) = await ledger.WriteAsync(async sql =>
        {
            var now = clock.Instant();
            var late = onlyLate ? Late(sql, now) : Foreign();
            var claims = await sql.ExecuteAsync(Take(sql, campaignId, DeliveryState.Claimed, DeliveryState.Queued, late, now), ct);
            var handed = await sql.ListAsync($"{Take(sql, campaignId, DeliveryState.Handed, DeliveryState.Uncertain, late, now)} returning id", row => row.GetInt64(0), ct);
            if (handed.Count > 0) await NoteAsync(sql, campaignId, handed, now, ct);
            var moves = new CounterMoves(campaignId);
            moves.Move(DeliveryState.Claimed, DeliveryState.Queued, claims);
            moves.Move(DeliveryState.Handed, DeliveryState.Uncertain, handed.Count);
            await moves.ApplyAsync(sql, mode.Node, ct);
            return (claims, handed.Count);
        }, ct);
        if (requeued + uncertain > 0) log.TookBack(campaignId, requeued, uncertain);
        return uncertain;
    }

    private static FormattableString Late(LedgerSql sql, DateTimeOffset now) => $"d.leased_until < {sql.LeaseClock(now)}";

    private FormattableString Foreign() => $"d.owner <> {mode.Node}";

    private static FormattableString Take(LedgerSql sql, int campaignId, DeliveryState from, DeliveryState to, FormattableString which, DateTimeOffset now)
    {
        FormattableString late = $"""
            select d.id from deliveries d where d.campaign_id = {campaignId} and d.state = '{new Raw(LedgerSql.WordOf(from))}'
            and d.state in ('claimed', 'handed') and {which} limit {MostRows} {sql.SkipLocked}
            """;
        return $"""
            update deliveries set state = {to}, owner = null, leased_until = null, state_at = {now},
                attempts = attempts + {(to == DeliveryState.Uncertain ? 1 : 0)}
            where campaign_id = {campaignId} and id {sql.In(late)}
            """;
    }

    private static Task<int> NoteAsync(LedgerSql sql, int campaignId, List<long> ids, DateTimeOffset now, CancellationToken ct) => sql.ExecuteAsync($"""
        insert into attempts (campaign_id, delivery_id, number, at, verdict, phase, reply)
        select d.campaign_id, d.id, d.attempts, {now}, 'unknown', 'final-dot', {"Our process ended between the message and the server's answer."}
        from deliveries d where d.campaign_id = {campaignId} and d.id in {Raw.Numbers(ids)}
        on conflict (campaign_id, delivery_id, number) do nothing
        """, ct);
}
