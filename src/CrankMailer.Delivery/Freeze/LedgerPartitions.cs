using CrankMailer.Delivery.Ledger;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Delivery.Freeze;

/// <summary>
/// On PostgreSQL a campaign has a partition of its own in deliveries and attempts, so that an old one is dropped, not deleted (design §5).
/// Made as a plain table and attached: that takes a lock which lets other campaigns read and write (SHARE UPDATE EXCLUSIVE), where
/// CREATE … PARTITION OF would wait for all of them.
/// </summary>
internal sealed class LedgerPartitions(LedgerStore ledger)
{
    /// <summary>First half of the advisory lock that lets one process at a time make partitions.</summary>
    private const int LockClass = 4005;

    /// <summary>Does nothing where they exist, and on SQLite.</summary>
    public async Task EnsureAsync(int campaignId, CancellationToken ct) =>
        await ledger.WriteAsync(async sql =>
        {
            if (!sql.IsPostgres || await ExistAsync(sql, campaignId, ct)) return false;
            await sql.Db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockClass}, {campaignId})", ct);
            if (await ExistAsync(sql, campaignId, ct)) return false;
            await AttachAsync(sql, "deliveries", campaignId, ct);
            await AttachAsync(sql, "attempts", campaignId, ct);
            return true;
        }, ct);

    private static async Task<bool> ExistAsync(LedgerSql sql, int campaignId, CancellationToken ct) =>
        await sql.NumberAsync($"select count(*) from pg_inherits where inhrelid = to_regclass({NameOf("attempts", campaignId)})", ct) > 0;

    private static async Task AttachAsync(LedgerSql sql, string table, int campaignId, CancellationToken ct)
    {
        var partition = new Raw(NameOf(table, campaignId));
        var parent = new Raw(table);
        var from = new Raw(campaignId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var to = new Raw((campaignId + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        await sql.ExecuteAsync($"create table {partition} (like {parent} including defaults including constraints including indexes)", ct);
        await sql.ExecuteAsync($"alter table {parent} attach partition {partition} for values from ({from}) to ({to})", ct);
    }

    private static string NameOf(string table, int campaignId) => $"{table}_c{campaignId}";
}
