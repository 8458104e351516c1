using CrankMailer.Model;
using CrankMailer.Model.Operations;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Machine;

/// <summary>What an operator should look at, and the word that it was.</summary>
internal sealed class Alerts(CrankDb db, TimeProvider clock)
{
    /// <summary>Open alerts of the publication and of the whole installation, worst and newest first; at most 50.</summary>
    public async Task<IReadOnlyList<Alert>> OpenAsync(int? publicationId, CancellationToken ct)
    {
        var newest = await db.Alerts.AsNoTracking()
            .Where(a => a.ClosedAt == null && (a.PublicationId == null || publicationId == null || a.PublicationId == publicationId))
            .OrderByDescending(a => a.At).Take(50).ToListAsync(ct);
        return [.. newest.OrderByDescending(a => a.Severity).ThenByDescending(a => a.At)];
    }

    public async Task CloseAsync(long id, int? userId, CancellationToken ct)
    {
        var now = clock.Instant();
        var closed = await db.Alerts.Where(a => a.Id == id && a.ClosedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.ClosedAt, now).SetProperty(a => a.ClosedById, userId), ct);
        if (closed == 0) return;
        db.AuditEntries.Add(new AuditEntry { At = now, UserId = userId, Action = "alert.closed", Subject = $"alert:{id}" });
        await db.SaveChangesAsync(ct);
    }
}
