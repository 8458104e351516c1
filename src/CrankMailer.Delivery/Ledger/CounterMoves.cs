using CrankMailer.Model.Ledger;

namespace CrankMailer.Delivery.Ledger;

/// <summary>What a transaction changes in the books of one campaign (design §5, rule 4); written with <see cref="ApplyAsync"/> before its commit.</summary>
internal sealed class CounterMoves(int campaignId)
{
    private readonly SortedDictionary<DeliveryState, long> _moves = [];

    /// <summary>New rows in a state.</summary>
    public void Add(DeliveryState state, long count)
    {
        if (count != 0) _moves[state] = _moves.GetValueOrDefault(state) + count;
    }

    public void Move(DeliveryState from, DeliveryState to, long count = 1)
    {
        Add(from, -count);
        Add(to, count);
    }

    public async Task ApplyAsync(LedgerSql sql, string node, CancellationToken ct)
    {
        foreach (var (state, count) in _moves)
        {
            if (count == 0) continue;
            await sql.ExecuteAsync($"""
                insert into campaign_counters (campaign_id, node, state, count) values ({campaignId}, {node}, {state}, {count})
                on conflict (campaign_id, node, state) do update set count = campaign_counters.count + excluded.count
                """, ct);
        }
    }
}
