using CrankMailer.Delivery;
using CrankMailer.Delivery.Campaigns;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Delivery;

public sealed class DueCampaignsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Starts_what_is_due_and_nothing_else_however_often_it_runs(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        var soon = await ScheduleAsync(world, TimeSpan.FromMinutes(10));
        var later = await ScheduleAsync(world, TimeSpan.FromHours(3));
        Assert.Equal(0, await RunAsync(world.Services));
        world.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(1, await RunAsync(world.Services));
        Assert.Equal(0, await RunAsync(world.Services));
        Assert.Equal(CampaignState.Running, (await world.BooksAsync(soon)).Campaign.State);
        Assert.Equal(CampaignState.Scheduled, (await world.BooksAsync(later)).Campaign.State);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_start_that_is_late_is_held_with_an_alert_until_a_person_confirms(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        var campaign = await ScheduleAsync(world, TimeSpan.FromMinutes(10));
        world.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal(0, await RunAsync(world.Services));
        Assert.Equal(CampaignState.Held, (await world.BooksAsync(campaign)).Campaign.State);
        await using (var db = world.Open()) Assert.Equal("campaign-held", (await db.Alerts.SingleAsync(a => a.ClosedAt == null, Ct)).Kind);

        Assert.IsType<DeskAnswer.Done>(await world.Desk(d => d.ConfirmHeldAsync(campaign, null, Ct)));
        Assert.Equal(CampaignState.Running, (await world.BooksAsync(campaign)).Campaign.State);
        await using (var db = world.Open()) Assert.False(await db.Alerts.AnyAsync(a => a.ClosedAt == null, Ct));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_running_campaign_that_nobody_worked_on_for_hours_is_held(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        await world.AddSubscribersAsync(3);
        var campaign = await world.StartCampaignAsync();
        world.Clock.Advance(TimeSpan.FromHours(3));
        await using var pump = RunningPump.Start(world.Services);
        await world.UntilAsync(campaign, CampaignState.Held);
        Assert.Empty(relay.Mails);

        Assert.IsType<DeskAnswer.Done>(await world.Desk(d => d.ConfirmHeldAsync(campaign, null, Ct)));
        Assert.Equal(3, (await world.UntilAsync(campaign, CampaignState.Done)).States[DeliveryState.Accepted]);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_machine_that_wakes_after_hours_holds_what_it_was_sending(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port, connections: 1);
        await world.AddSubscribersAsync(60);
        var asleep = new TaskCompletionSource();
        var awake = new TaskCompletionSource();
        relay.OnMessage = async mail =>
        {
            if (relay.Mails.Count < 5) return ScriptedRelay.Ok;
            asleep.TrySetResult();
            await awake.Task;
            return ScriptedRelay.Ok;
        };
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        await asleep.Task.WaitAsync(Ct);
        world.Clock.Advance(TimeSpan.FromHours(3));
        awake.SetResult();

        var held = await world.UntilAsync(campaign, CampaignState.Held);
        Assert.Contains("3 hours", held.Campaign.StateReason);
        // What was on the wire when it fell asleep has its answer; nothing else has left.
        await Eventually.HoldsAsync(async () => (await world.BooksAsync(campaign)).States is var s && s[DeliveryState.Claimed] + s[DeliveryState.Handed] == 0, () => Task.FromResult("nothing to be in hand"));
        Assert.Equal(6, relay.Mails.Count);
        await using (var db = world.Open()) Assert.Equal("campaign-held", (await db.Alerts.SingleAsync(a => a.ClosedAt == null, Ct)).Kind);

        Assert.IsType<DeskAnswer.Done>(await world.Desk(d => d.ConfirmHeldAsync(campaign, null, Ct)));
        Assert.Equal(60, (await world.UntilAsync(campaign, CampaignState.Done)).States[DeliveryState.Accepted]);
        Assert.Equal(60, relay.Mails.Count);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task In_capture_mode_what_was_made_to_be_really_sent_is_held(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        await world.AddSubscribersAsync(3);
        var running = await world.StartCampaignAsync();
        var scheduled = await ScheduleAsync(world, TimeSpan.FromHours(1));
        await using var capturing = world.OtherNode(new SendingMode(true));
        Assert.Equal(0, await RunAsync(capturing));
        await using var pump = RunningPump.Start(capturing);
        await world.UntilAsync(running, CampaignState.Held);
        await world.UntilAsync(scheduled, CampaignState.Held);
        Assert.Empty(relay.Mails);
    }

    private static async Task<int> ScheduleAsync(World world, TimeSpan after)
    {
        var id = await world.CreateCampaignAsync();
        Assert.IsType<DeskAnswer.Done>(await world.Desk(d => d.ScheduleAsync(id, world.Clock.GetUtcNow() + after, "Europe/Vienna", null, Ct)));
        return id;
    }

    private static async Task<int> RunAsync(ServiceProvider node)
    {
        await using var scope = node.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DueCampaigns>().StartAsync(Ct);
    }
}
