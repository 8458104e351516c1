using CrankMailer.Delivery.Ledger;
using CrankMailer.Model;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Delivery.Pump;

/// <summary>The other processes that send from this database, by their heartbeats.</summary>
internal sealed class OtherNodes(LedgerStore ledger, SendingMode mode, TimeProvider clock)
{
    /// <summary>A process whose heartbeat, every five seconds, is older than this is gone.</summary>
    private static readonly TimeSpan Silent = TimeSpan.FromMinutes(1);

    /// <returns>Their names. On SQLite there is no other process, whatever a lost one left in the table.</returns>
    public Task<List<string>> OthersAliveAsync(CancellationToken ct) => ledger.ReadAsync(async sql =>
    {
        if (!sql.IsPostgres) return [];
        var since = clock.Instant() - Silent;
        return await sql.Db.Nodes.Where(n => n.Name != mode.Node && n.SeenAt > since).OrderBy(n => n.Name).Select(n => n.Name).ToListAsync(ct);
    }, ct);
}
