using CrankMailer.Delivery.Ledger;
using CrankMailer.Delivery.Pump;
using CrankMailer.Model;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Delivery.Relays;

/// <summary>
/// Closes alerts about relays that nobody would close: their relay works, is gone, or was given another name or address while no process ran. What
/// another living process says stays: it may not reach what we reach.
/// </summary>
internal sealed class RelayAlertSweep(LedgerStore ledger, OtherNodes nodes, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private static readonly string[] Kinds = [RelayAlerts.Down, RelayAlerts.Settings, RelayAlerts.System];

    private DateTimeOffset? _swept;

    /// <summary>At the first call, and once a minute.</summary>
    /// <param name="standing">What is wrong here and now: kind and subject. Asked for after the alerts are read, because a fault is noted before it is told.</param>
    public async Task SweepAsync(Func<IReadOnlyList<(string Kind, string Subject)>> standing, CancellationToken ct)
    {
        var now = clock.Instant();
        if (_swept is { } last && now - last < Every) return;
        var open = await ledger.ReadAsync(sql => sql.Db.Alerts.AsNoTracking().Where(a => a.ClosedAt == null && Kinds.Contains(a.Kind)).OrderBy(a => a.Id)
            .Select(a => new { a.Id, a.Kind, a.Text }).ToListAsync(ct), ct);
        if (open.Count > 0)
        {
            var here = standing();
            var alive = await nodes.OthersAliveAsync(ct);
            var over = open.Where(a => !here.Any(t => t.Kind == a.Kind && a.Text.StartsWith(t.Subject, StringComparison.Ordinal)) && !alive.Any(node => RelayAlerts.IsOf(a.Text, node)))
                .Select(a => a.Id).ToList();
            if (over.Count > 0)
                await ledger.WriteAsync(sql => sql.Db.Alerts.Where(a => over.Contains(a.Id) && a.ClosedAt == null).ExecuteUpdateAsync(s => s.SetProperty(a => a.ClosedAt, now), ct), ct);
        }
        _swept = now;
    }
}
