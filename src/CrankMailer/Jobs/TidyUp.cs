using CrankMailer.Model;
using CrankMailer.Model.Operations;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Jobs;

/// <summary>Removes what has served its time. Personal rows of campaigns have their own retention.</summary>
internal sealed class TidyUp(CrankDb db, TimeProvider clock) : IScheduledJob
{
    private const int CaughtMailsKept = 20_000;
    private static readonly TimeSpan RunsKept = TimeSpan.FromDays(14);
    private static readonly TimeSpan SweepsKept = TimeSpan.FromHours(1);

    /// <summary>A used or expired link still answers "already confirmed" or "expired" for this long.</summary>
    private static readonly TimeSpan LinksKept = TimeSpan.FromDays(90);

    public async Task RunAsync(string subject, CancellationToken ct)
    {
        var now = clock.Instant();
        var (links, runs, sweeps) = (now - LinksKept, now - RunsKept, now - SweepsKept);
        await db.OneTimeTokens.Where(t => t.ExpiresAt < links).ExecuteDeleteAsync(ct);
        await db.JobRuns.Where(r => r.StartedAt < runs && r.Outcome != JobOutcome.Dead).ExecuteDeleteAsync(ct);
        await db.JobRuns.Where(r => r.StartedAt < sweeps && r.Subject == "" && r.Outcome == JobOutcome.Succeeded).ExecuteDeleteAsync(ct);
        var oldest = await db.CapturedMails.OrderByDescending(m => m.Id).Select(m => m.Id).Skip(CaughtMailsKept).FirstOrDefaultAsync(ct);
        if (oldest > 0) await db.CapturedMails.Where(m => m.Id <= oldest).ExecuteDeleteAsync(ct);
    }
}
