using CrankMailer.Model;
using CrankMailer.Model.Operations;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Delivery;

/// <summary>What the machine has to tell the operator: one open alert for one kind and subject, however often the thing is seen.</summary>
internal sealed class AlertRaiser(IDbContextFactory<CrankDb> databases, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);

    /// <param name="subject">What it is about; the text begins with it.</param>
    /// <param name="text">The rest of the sentence: what is wrong and what to do.</param>
    public async Task RaiseAsync(Severity severity, string kind, string subject, string text, int? publicationId, int? campaignId, CancellationToken ct)
    {
        // Several connections see the same thing at once; two nodes may still tell it twice, which harms nobody.
        await _opening.WaitAsync(ct);
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            if (await Open(db, kind, subject, campaignId).AnyAsync(ct)) return;
            db.Alerts.Add(new Alert
            {
                At = clock.Instant(), Severity = severity, Kind = kind, Text = $"{subject}{text}", PublicationId = publicationId, CampaignId = campaignId,
            });
            await db.SaveChangesAsync(ct);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Says the rest of the sentence anew; when the alert was raised, and for whom, stays.</summary>
    /// <returns>False where there is no open one.</returns>
    public async Task<bool> RewordAsync(string kind, string subject, string text, int? campaignId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Open(db, kind, subject, campaignId).ExecuteUpdateAsync(s => s.SetProperty(a => a.Text, subject + text), ct) > 0;
    }

    /// <summary>The thing is over.</summary>
    public async Task ClearAsync(string kind, string subject, int? campaignId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.Instant();
        await Open(db, kind, subject, campaignId).ExecuteUpdateAsync(s => s.SetProperty(a => a.ClosedAt, now), ct);
    }

    public void Dispose() => _opening.Dispose();

    private static IQueryable<Alert> Open(CrankDb db, string kind, string subject, int? campaignId) =>
        db.Alerts.Where(a => a.Kind == kind && a.CampaignId == campaignId && a.ClosedAt == null && a.Text.StartsWith(subject));
}
