using CrankMailer.Delivery.Pump;
using CrankMailer.Delivery.Relays;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Delivery;

public sealed class CampaignWatchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_campaign_somebody_watches_is_not_held_however_short_the_setting(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine, settings: s => s["Delivery:LateAfter"] = "00:03:00");
        await world.AddSubscribersAsync(1);
        var campaign = await world.StartCampaignAsync();
        await using var scope = world.Services.CreateAsyncScope();
        var watch = scope.ServiceProvider.GetRequiredService<CampaignWatch>();
        for (var n = 0; n < 12; n++)
        {
            await watch.LookAsync(Ct);
            world.Clock.Advance(TimeSpan.FromSeconds(30));
        }
        Assert.Equal(CampaignState.Running, (await world.BooksAsync(campaign)).Campaign.State);

        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await watch.LookAsync(Ct);
        var held = (await world.BooksAsync(campaign)).Campaign;
        Assert.Equal(CampaignState.Held, held.State);
        Assert.Contains("minutes", held.StateReason);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_freeze_step_of_a_machine_that_slept_does_not_hide_it(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await world.AddSubscribersAsync(1);
        var campaign = await world.StartCampaignAsync();
        var started = await LastWriteAsync(world, campaign);
        world.Clock.Advance(TimeSpan.FromHours(3));
        await world.FreezeAsync(campaign);
        Assert.Equal(started, await LastWriteAsync(world, campaign));
    }

    [Fact]
    public async Task A_relay_that_does_not_say_goodbye_keeps_no_campaign_waiting()
    {
        var closing = 0;
        var plug = new PluggedRelay(async (message, ct) =>
        {
            if (message.BeforeFinalDot is { } hook) await hook(ct);
            return PluggedRelay.Taken;
        })
        {
            CloseIdle = ct =>
            {
                Interlocked.Increment(ref closing);
                return Task.Delay(Timeout.InfiniteTimeSpan, ct);
            },
        };
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite, services: s => s.AddSingleton<IRelayOpener>(plug));
        await world.AddSubscribersAsync(3);
        await using var pump = RunningPump.Start(world.Services);
        await Eventually.HoldsAsync(() => Volatile.Read(ref closing) > 0, "the goodbye to hang");
        await world.UntilAsync(await world.StartCampaignAsync(), CampaignState.Done);
        Assert.Equal(1, closing);
    }

    private static async Task<DateTimeOffset?> LastWriteAsync(World world, int campaign)
    {
        await using var db = world.Open();
        return await db.Campaigns.Where(c => c.Id == campaign).Select(c => c.LastLedgerWrite).SingleAsync(Ct);
    }
}
