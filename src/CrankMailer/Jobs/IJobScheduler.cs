namespace CrankMailer.Jobs;

/// <summary>The edge behind which Quartz stands, and Hangfire would fit (design §9).</summary>
internal interface IJobScheduler
{
    /// <summary>Runs the job once at an instant; a second call for the same job and subject moves it.</summary>
    Task ScheduleAsync<TJob>(string subject, DateTimeOffset at, CancellationToken ct) where TJob : IScheduledJob;

    /// <summary>Runs the job once, now, on any node.</summary>
    Task EnqueueAsync(string job, string subject, CancellationToken ct);
}
