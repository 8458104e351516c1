using CrankMailer.Delivery.Relays;
using CrankMailer.Model;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Delivery.Campaigns;

/// <summary>What keeps the mail of a campaign waiting on the side of the relays, in the words of the alerts that stand open about them.</summary>
public sealed class RelayTroubles
{
    private static readonly string[] Kinds = [RelayAlerts.Down, RelayAlerts.Settings, RelayAlerts.None];

    private readonly CrankDb _db;

    internal RelayTroubles(CrankDb db) => _db = db;

    /// <summary>Oldest first; empty where all is well.</summary>
    /// <param name="capture">Of the campaign: captured mail goes over relays of its own.</param>
    public async Task<IReadOnlyList<RelayTrouble>> FindAsync(bool capture, CancellationToken ct)
    {
        var open = await _db.Alerts.AsNoTracking().Where(a => a.ClosedAt == null && Kinds.Contains(a.Kind)).OrderBy(a => a.At).ThenBy(a => a.Id).ToListAsync(ct);
        if (open.Count == 0) return [];
        var relays = await _db.Relays.AsNoTracking().Where(r => r.Enabled && r.Captures == capture).ToListAsync(ct);
        var subjects = relays.ConvertAll(RelayAlerts.Name);
        if (relays.Count == 0) subjects.Add(RelayAlerts.NoneSubject(capture));
        return [.. open.Where(a => subjects.Exists(s => a.Text.StartsWith(s, StringComparison.Ordinal))).Select(a => new RelayTrouble(a.At, a.Text))];
    }
}

/// <param name="Text">Which relay, what is wrong with it, what follows, and when it is tried again.</param>
public sealed record RelayTrouble(DateTimeOffset Since, string Text);
