using CrankMailer.Delivery;
using CrankMailer.Jobs;
using CrankMailer.Machine;
using CrankMailer.Model;
using CrankMailer.Model.Operations;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrankMailer.Tests.Jobs;

/// <summary>A database with runs of jobs, and a scheduler that only notes what it is asked for.</summary>
internal sealed class JobPlace : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private JobPlace(TestDatabase database)
    {
        _database = database;
        _services = new ServiceCollection().BuildServiceProvider();
        Runner = new JobRunner(_services.GetRequiredService<IServiceScopeFactory>(), database.Factory, Mode, Clock, NullLogger<JobRunner>.Instance);
    }

    public FakeClock Clock { get; } = new();

    public SendingMode Mode { get; } = new(false) { Node = "here:1" };

    public NotingScheduler Scheduler { get; } = new();

    public JobRunner Runner { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<JobPlace> CreateAsync(DatabaseEngine engine) => new(await TestDatabase.CreateAsync(engine));

    public CrankDb Open() => _database.Open();

    public JobHistory History(CrankDb db) => new(db, Scheduler, Clock);

    public async Task MarkLostAsync()
    {
        await using var db = Open();
        await new MarkLostRuns(db, new Nodes(db, Clock), Runner, Mode, Clock).RunAsync("", Ct);
    }

    public async Task<long> AddRunAsync(JobOutcome outcome, string node = "here:1")
    {
        await using var db = Open();
        var run = new JobRun { Job = nameof(StartDueCampaigns), Node = node, Outcome = outcome, StartedAt = Clock.Instant(), Subject = "campaign:7" };
        db.JobRuns.Add(run);
        await db.SaveChangesAsync(Ct);
        return run.Id;
    }

    public async Task<JobRun> RunAsync(long id)
    {
        await using var db = Open();
        return await db.JobRuns.SingleAsync(r => r.Id == id, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}

internal sealed class NotingScheduler : IJobScheduler
{
    public List<string> Enqueued { get; } = [];

    public bool Fails { get; set; }

    public Task ScheduleAsync<TJob>(string subject, DateTimeOffset at, CancellationToken ct) where TJob : IScheduledJob => Task.CompletedTask;

    public Task EnqueueAsync(string job, string subject, CancellationToken ct)
    {
        if (Fails) throw new InvalidOperationException("The scheduler is away.");
        lock (Enqueued) Enqueued.Add($"{job} {subject}");
        return Task.CompletedTask;
    }
}
