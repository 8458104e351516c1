using CrankMailer.Delivery;
using CrankMailer.Machine;
using CrankMailer.Model;
using CrankMailer.Model.Operations;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Jobs;

/// <summary>Runs whose process ended in the middle of them would stay “running” for ever: they failed, and say so.</summary>
internal sealed class MarkLostRuns(CrankDb db, Nodes nodes, JobRunner runner, SendingMode mode, TimeProvider clock) : IScheduledJob
{
    /// <summary>A process that just started may run a job before its first heartbeat.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    public async Task RunAsync(string subject, CancellationToken ct)
    {
        var now = clock.Instant();
        var before = now - Grace;
        var alive = (await nodes.AliveAsync(ct)).Select(n => n.Name).ToList();
        await MarkAsync(db.JobRuns.Where(r => r.StartedAt < before && r.Node != mode.Node && !alive.Contains(r.Node)), "The process that ran it ended before it was done.", now, ct);
        // Ours are known one by one: the end of a run cannot be written while the database is away.
        var under = runner.UnderWay;
        await MarkAsync(db.JobRuns.Where(r => r.StartedAt < before && r.Node == mode.Node && !under.Contains(r.Id)), "How it ended could not be written.", now, ct);
    }

    private static Task<int> MarkAsync(IQueryable<JobRun> runs, string reason, DateTimeOffset now, CancellationToken ct) =>
        runs.Where(r => r.Outcome == JobOutcome.Running).ExecuteUpdateAsync(
            s => s.SetProperty(r => r.Outcome, JobOutcome.Failed).SetProperty(r => r.EndedAt, now).SetProperty(r => r.Error, reason), ct);
}
