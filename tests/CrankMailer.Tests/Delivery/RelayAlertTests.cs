using CrankMailer.Delivery.Campaigns;
using CrankMailer.Delivery.Pump;
using CrankMailer.Delivery.Relays;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Operations;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Delivery;

public sealed class RelayAlertTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_relay_mended_while_no_process_ran_is_not_said_to_be_down(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        int closed;
        await using (var reserved = ScriptedRelay.Start()) closed = reserved.Port;
        await world.UseRelayAsync(closed);
        await world.AddSubscribersAsync(5);
        var campaign = await world.StartCampaignAsync();
        await using (RunningPump.Start(world.Services))
            await Eventually.HoldsAsync(() => world.Open().Alerts.AnyAsync(a => a.Kind == "relay-down" && a.ClosedAt == null, Ct), () => Task.FromResult("an alert"));

        await world.UseRelayAsync(relay.Port);
        await using (var db = world.Open()) await db.Relays.ExecuteUpdateAsync(s => s.SetProperty(r => r.Name, "renamed"), Ct);
        await using var other = world.OtherNode();
        await using var pump = RunningPump.Start(other);
        await world.UntilAsync(campaign, CampaignState.Done);
        await Eventually.HoldsAsync(async () => !await world.Open().Alerts.AnyAsync(a => a.ClosedAt == null, Ct), () => Task.FromResult("the alert to close"));
    }

    [Fact]
    public async Task What_another_living_process_says_of_a_relay_stays_and_what_a_lost_one_said_does_not()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Postgres);
        await using var db = world.Open();
        var now = world.Clock.Instant();
        db.Nodes.AddRange(
            new Node { Name = "alive:1:aa", Role = "worker", StartedAt = now, SeenAt = now },
            new Node { Name = "lost:2:bb", Role = "worker", StartedAt = now - TimeSpan.FromHours(1), SeenAt = now - TimeSpan.FromMinutes(2) });
        foreach (var end in (string[])[RelayAlerts.SeenBy("alive:1:aa"), RelayAlerts.SeenBy("lost:2:bb"), ""])
            db.Alerts.Add(new Alert { At = now, Severity = Severity.Error, Kind = RelayAlerts.Down, Text = $"Relay “main” (127.0.0.1:9) cannot be used: no.{end}" });
        db.Alerts.Add(new Alert { At = now, Severity = Severity.Error, Kind = RelayAlerts.Settings, Text = "Relay “spare” cannot be used as it is set up: no." });
        await db.SaveChangesAsync(Ct);

        await using var scope = world.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RelayAlertSweep>().SweepAsync(() => [(RelayAlerts.Settings, "Relay “spare”")], Ct);
        Assert.Equal(["alive:1:aa", "spare"], (await OpenAsync(world)).Select(t => t.Contains("alive") ? "alive:1:aa" : t.Contains("spare") ? "spare" : t));

        // The process that said so leaves; a minute later nobody says so any more.
        await db.Nodes.Where(n => n.Name == "alive:1:aa").ExecuteDeleteAsync(Ct);
        var sweep = scope.ServiceProvider.GetRequiredService<RelayAlertSweep>();
        await sweep.SweepAsync(() => [], Ct);
        Assert.Equal(2, (await OpenAsync(world)).Count);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await sweep.SweepAsync(() => [], Ct);
        Assert.Empty(await OpenAsync(world));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_held_campaign_that_is_cancelled_needs_nobody_to_look_at_it(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await world.AddSubscribersAsync(1);
        var campaign = await world.StartCampaignAsync();
        await world.Services.GetRequiredService<CampaignStops>().HoldAsync(campaign, world.PublicationId, "It is late.", Ct);
        Assert.Single(await OpenAsync(world));
        Assert.IsType<DeskAnswer.Done>(await world.Desk(d => d.CancelAsync(campaign, null, null, Ct)));
        Assert.Empty(await OpenAsync(world));
    }

    private static async Task<List<string>> OpenAsync(World world)
    {
        await using var db = world.Open();
        return await db.Alerts.AsNoTracking().Where(a => a.ClosedAt == null).OrderBy(a => a.Id).Select(a => a.Text).ToListAsync(Ct);
    }
}
