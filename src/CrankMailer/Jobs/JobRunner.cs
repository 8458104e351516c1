using System.Collections.Concurrent;
using CrankMailer.Delivery;
using CrankMailer.Model;
using CrankMailer.Model.Operations;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Jobs;

/// <summary>Runs one job in its own scope and leaves a <see cref="JobRun"/>: retried with growing pauses, dead after the last try.</summary>
internal sealed class JobRunner(IServiceScopeFactory scopes, IDbContextFactory<CrankDb> databases, SendingMode mode, TimeProvider clock, ILogger<JobRunner> log)
{
    public const int MaxTries = 5;

    private readonly ConcurrentDictionary<long, byte> _underWay = new();

    /// <summary>Runs this process is in the middle of.</summary>
    public IReadOnlyList<long> UnderWay => [.. _underWay.Keys];

    /// <returns>When to try again; null when it succeeded or is dead.</returns>
    public async Task<DateTimeOffset?> RunAsync(Type job, string subject, int attempt, CancellationToken ct)
    {
        var run = await BeginAsync(job, subject, attempt, ct);
        _underWay[run.Id] = 0;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await ((IScheduledJob)scope.ServiceProvider.GetRequiredService(job)).RunAsync(subject, ct);
            await EndAsync(run, JobOutcome.Succeeded, null, null);
            return null;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await EndAsync(run, JobOutcome.Failed, "Stopped with the process.", clock.Instant());
            throw;
        }
        catch (Exception error) // the top of a worker loop: whatever a job throws is shown to the operator, and the next run goes on
        {
            var dead = attempt >= MaxTries;
            DateTimeOffset? retry = dead ? null : clock.Instant() + PauseAfter(attempt);
            log.JobFailed(job.Name, subject, attempt, error);
            await EndAsync(run, dead ? JobOutcome.Dead : JobOutcome.Failed, error.Message, retry);
            return retry;
        }
        finally
        {
            _underWay.TryRemove(run.Id, out _);
        }
    }

    /// <summary>15 s, 1 min, 4 min, 16 min.</summary>
    private static TimeSpan PauseAfter(int attempt) => TimeSpan.FromSeconds(15 * Math.Pow(4, attempt - 1));

    private async Task<JobRun> BeginAsync(Type job, string subject, int attempt, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var run = new JobRun { Job = job.Name, Subject = subject, Node = mode.Node, StartedAt = clock.Instant(), Outcome = JobOutcome.Running, Try = attempt };
        db.JobRuns.Add(run);
        await db.SaveChangesAsync(ct);
        return run;
    }

    private async Task EndAsync(JobRun run, JobOutcome outcome, string? error, DateTimeOffset? retry)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        var now = clock.Instant();
        await db.JobRuns.Where(r => r.Id == run.Id).ExecuteUpdateAsync(
            s => s.SetProperty(r => r.Outcome, outcome).SetProperty(r => r.EndedAt, now).SetProperty(r => r.Error, error).SetProperty(r => r.RetryAt, retry),
            CancellationToken.None); // the record of a run is kept although the process is stopping
    }
}
