using Quartz;

namespace CrankMailer.Jobs;

/// <summary>Quartz's side of a job: it only names the class and the subject; <see cref="JobRunner"/> does the rest.</summary>
[DisallowConcurrentExecution]
internal sealed class QuartzJob<TJob>(JobRunner runner, TimeProvider clock) : IJob where TJob : IScheduledJob
{
    public const string Subject = "subject";
    public const string Try = "try";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var data = context.MergedJobDataMap;
        var subject = data.TryGetString(Subject, out var text) ? text ?? "" : "";
        var attempt = data.TryGetInt(Try, out var number) ? number : 1;
        if (await runner.RunAsync(typeof(TJob), subject, attempt, cancellationToken) is not { } retry || retry <= clock.GetUtcNow()) return;
        var trigger = TriggerBuilder.Create().ForJob(context.JobDetail.Key).StartAt(retry)
            .UsingJobData(Subject, subject).UsingJobData(Try, attempt + 1).Build();
        await context.Scheduler.ScheduleJob(trigger, cancellationToken: cancellationToken);
    }
}
