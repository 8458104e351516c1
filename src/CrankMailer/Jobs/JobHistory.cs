using CrankMailer.Model;
using CrankMailer.Model.Operations;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Jobs;

/// <summary>The runs of jobs, for the operator.</summary>
internal sealed class JobHistory(CrankDb db, IJobScheduler scheduler, TimeProvider clock)
{
    /// <summary>Each recurring job with its last run.</summary>
    public async Task<IReadOnlyList<RecurringLine>> RecurringAsync(CancellationToken ct)
    {
        var names = JobCatalog.Recurring.Select(j => j.Name).ToList();
        var last = await db.JobRuns.AsNoTracking().Where(r => names.Contains(r.Job) && r.Subject == "")
            .GroupBy(r => r.Job).Select(g => g.OrderByDescending(r => r.StartedAt).First()).ToListAsync(ct);
        return [.. JobCatalog.Recurring.Select(job => new RecurringLine(job, last.Find(r => r.Job == job.Name)))];
    }

    /// <summary>Runs that are under way, failed or are dead; newest first.</summary>
    public async Task<IReadOnlyList<JobRun>> RunsAsync(JobOutcome outcome, int take, CancellationToken ct) =>
        await db.JobRuns.AsNoTracking().Where(r => r.Outcome == outcome).OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).Take(take).ToListAsync(ct);

    /// <summary>Campaigns that wait for their time: what the scheduler will start.</summary>
    public async Task<IReadOnlyList<ScheduledLine>> ScheduledAsync(CancellationToken ct) =>
        await db.Campaigns.AsNoTracking().Where(c => c.State == Model.Ledger.CampaignState.Scheduled && c.StartsAt != null).OrderBy(c => c.StartsAt)
            .Select(c => new ScheduledLine(c.Id, c.Name, c.StartsAt, c.TimeZone)).Take(100).ToListAsync(ct);

    /// <summary>Runs a failed or dead job again, now.</summary>
    /// <returns>False where it is gone or was tried again meanwhile.</returns>
    public async Task<bool> RetryAsync(long runId, int? userId, CancellationToken ct)
    {
        var run = await db.JobRuns.AsNoTracking().FirstOrDefaultAsync(r => r.Id == runId && (r.Outcome == JobOutcome.Failed || r.Outcome == JobOutcome.Dead), ct);
        if (run is null || JobCatalog.Find(run.Job) is null) return false;
        // Of two clicks one changes the row, and only that one runs the job.
        if (await MarkAsync(runId, run.Outcome, JobOutcome.Retried, ct) == 0) return false;
        try
        {
            await scheduler.EnqueueAsync(run.Job, run.Subject, ct);
        }
        catch
        {
            await MarkAsync(runId, JobOutcome.Retried, run.Outcome, CancellationToken.None);
            throw;
        }
        db.AuditEntries.Add(new AuditEntry { At = clock.Instant(), UserId = userId, Action = "job.retried", Subject = $"{run.Job} {run.Subject}".TrimEnd() });
        await db.SaveChangesAsync(ct);
        return true;
    }

    private Task<int> MarkAsync(long runId, JobOutcome from, JobOutcome to, CancellationToken ct) =>
        db.JobRuns.Where(r => r.Id == runId && r.Outcome == from).ExecuteUpdateAsync(s => s.SetProperty(r => r.Outcome, to), ct);
}

/// <param name="Last">Null where it has not run yet.</param>
internal sealed record RecurringLine(RecurringJob Job, JobRun? Last);

internal sealed record ScheduledLine(int CampaignId, string Name, DateTimeOffset? StartsAt, string TimeZone);
