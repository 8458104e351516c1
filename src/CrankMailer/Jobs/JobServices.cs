using CrankMailer.Delivery.Campaigns;
using CrankMailer.Hosting;
using CrankMailer.Machine;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;

namespace CrankMailer.Jobs;

internal static class JobServices
{
    /// <summary>Quartz: in memory on SQLite, where there is one process; clustered in our own database on PostgreSQL.</summary>
    /// <param name="run">False in a process that only serves pages: it can look at jobs and put one into the shared store, and runs none.</param>
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration, bool run)
    {
        var postgres = configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>()?.Postgres;
        services.AddQuartz(quartz =>
        {
            if (string.IsNullOrWhiteSpace(postgres)) quartz.UseInMemoryStore();
            else
            {
                quartz.UsePersistentStore(store =>
                {
                    store.UsePostgres(postgres);
                    store.UseSystemTextJsonSerializer();
                    store.UseClustering(cluster => cluster.CheckinInterval = TimeSpan.FromSeconds(2));
                    store.ProvisionSchema();
                });
            }
            foreach (var recurring in JobCatalog.Recurring) Add(quartz, recurring);
        });
        if (run) services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddSingleton<IJobScheduler, QuartzScheduler>();
        services.AddSingleton<IStartTrigger, CampaignStartTrigger>();
        services.AddSingleton<JobRunner>();
        services.AddScoped<JobHistory>();
        services.TryAddScoped<Nodes>();
        foreach (var recurring in JobCatalog.Recurring) services.AddScoped(recurring.Job);
        return services;
    }

    private static void Add(IQuartzBuilder quartz, RecurringJob recurring)
    {
        var key = QuartzScheduler.KeyOf(recurring.Name);
        quartz.AddJob(typeof(QuartzJob<>).MakeGenericType(recurring.Job), job => job.WithIdentity(key).StoreDurably());
        quartz.AddTrigger(trigger => trigger.ForJob(key).WithIdentity(recurring.Name, "recurring")
            .WithSimpleSchedule(schedule => schedule.WithInterval(recurring.Every).RepeatForever()));
    }
}
