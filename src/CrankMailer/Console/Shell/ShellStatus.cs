using CrankMailer.Delivery;
using CrankMailer.Model;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Console.Shell;

/// <summary>What the strips of every page say: capture mode and open alerts.</summary>
internal sealed class ShellStatus(CrankDb db, SendingMode mode)
{
    public bool Captures => mode.Capture;

    /// <summary>Open alerts of the publication and of the whole installation.</summary>
    public async Task<OpenAlerts> FindAlertsAsync(int? publicationId, CancellationToken ct)
    {
        var open = db.Alerts.AsNoTracking().Where(a => a.ClosedAt == null && (a.PublicationId == null || a.PublicationId == publicationId));
        var newest = await open.OrderByDescending(a => a.At).Select(a => new { a.Text, a.Severity }).Take(50).ToListAsync(ct);
        return newest.Count == 0
            ? new OpenAlerts(0, Severity.Note, "")
            : new OpenAlerts(newest.Count < 50 ? newest.Count : await open.CountAsync(ct), newest.Max(a => a.Severity), newest[0].Text);
    }
}

internal sealed record OpenAlerts(int Open, Severity Worst, string Newest);
