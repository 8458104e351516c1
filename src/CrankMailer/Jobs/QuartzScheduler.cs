using Quartz;

namespace CrankMailer.Jobs;

internal sealed class QuartzScheduler(ISchedulerFactory schedulers) : IJobScheduler
{
    public async Task ScheduleAsync<TJob>(string subject, DateTimeOffset at, CancellationToken ct) where TJob : IScheduledJob
    {
        var scheduler = await schedulers.GetScheduler(ct);
        var key = new TriggerKey($"{typeof(TJob).Name}-{subject}", "once");
        await scheduler.UnscheduleJob(key, ct);
        var trigger = TriggerBuilder.Create().WithIdentity(key).ForJob(KeyOf(typeof(TJob).Name)).StartAt(at).UsingJobData(QuartzJob<TJob>.Subject, subject).Build();
        await scheduler.ScheduleJob(trigger, cancellationToken: ct);
    }

    public async Task EnqueueAsync(string job, string subject, CancellationToken ct)
    {
        var scheduler = await schedulers.GetScheduler(ct);
        await scheduler.TriggerJob(KeyOf(job), new JobDataMap { ["subject"] = subject }, ct);
    }

    public static JobKey KeyOf(string job) => new(job, "crankmailer");
}
