using CrankMailer.Delivery;
using CrankMailer.Delivery.Campaigns;
using CrankMailer.Jobs;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Operations;
using CrankMailer.Tests.Databases;
using CrankMailer.Tests.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace CrankMailer.Tests.Jobs;

public sealed class CampaignStartTriggerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_scheduled_campaign_is_started_by_a_run_of_its_own(DatabaseEngine engine)
    {
        // The database and its clock are the world's; Quartz lives by the machine's, so the campaign is due as soon as its trigger fires.
        await using var world = await World.CreateAsync(engine, services: s => s
            .AddSingleton<ApplicationLifetime>().AddSingleton<IHostApplicationLifetime>(p => p.GetRequiredService<ApplicationLifetime>()).AddJobs(new ConfigurationBuilder().Build(), run: true));
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        world.Clock.Advance(TimeProvider.System.GetUtcNow() - world.Clock.GetUtcNow());
        var id = await world.CreateCampaignAsync();
        var jobs = world.Services.GetServices<IHostedService>().Where(s => s.GetType().Namespace?.StartsWith("Quartz", StringComparison.Ordinal) == true).ToList();
        Assert.NotEmpty(jobs);
        foreach (var job in jobs) await job.StartAsync(Ct);
        world.Services.GetRequiredService<ApplicationLifetime>().NotifyStarted();
        try
        {
            var at = world.Clock.GetUtcNow() + TimeSpan.FromSeconds(1);
            Assert.IsType<DeskAnswer.Done>(await world.Desk(d => d.ScheduleAsync(id, at, "Europe/Vienna", null, Ct)));
            world.Clock.Advance(TimeSpan.FromSeconds(2));
            await Eventually.HoldsAsync(
                async () => await world.Open().JobRuns.AnyAsync(r => r.Subject == $"campaign:{id}" && r.Outcome == JobOutcome.Succeeded, Ct), () => Task.FromResult("the campaign's own run"));
            Assert.Equal(CampaignState.Running, (await world.BooksAsync(id)).Campaign.State);
        }
        finally
        {
            foreach (var job in jobs) await job.StopAsync(CancellationToken.None);
        }
    }
}
