using System.Net;
using CrankMailer.Delivery.Campaigns;
using CrankMailer.Delivery.Relays;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Publications;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrankMailer.Tests.Delivery;

public sealed class FailoverTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseEngine, bool> EnginesAndWays { get; } = new(TestDatabase.Engines.SelectMany(e => new[] { (e.Data, true), (e.Data, false) }));

    [Theory, MemberData(nameof(EnginesAndWays))]
    public async Task Where_the_first_relay_ends_its_kept_connections_the_second_sends_the_rest_and_nobody_gets_it_twice(DatabaseEngine engine, bool resets)
    {
        const int People = 400;
        await using var world = await World.CreateAsync(engine);
        await using var first = new QuittingRelay(messages: 60, resets);
        await using var second = ScriptedRelay.Start();
        await world.UseRelayAsync(first.Port);
        await AddRelayAsync(world, "spare", second.Port, priority: 5);
        await world.AddSubscribersAsync(People);
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        var books = await world.UntilAsync(campaign, CampaignState.Done);

        Assert.Equal(0, books.States[DeliveryState.Handed] + books.States[DeliveryState.Claimed]);
        Assert.Equal(People, books.States[DeliveryState.Accepted] + books.States[DeliveryState.Uncertain]);
        Assert.InRange(first.Taken.Count, 60, 64);
        Assert.NotEmpty(second.Mails);
        var everybody = first.Taken.Concat(second.Recipients).ToList();
        Assert.Equal(everybody.Count, everybody.Distinct().Count());
        Assert.Equal(People, everybody.Count);
    }

    [Fact]
    public async Task The_first_relay_takes_over_again_when_it_is_back_and_nobody_gets_it_twice()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite, settings: s => s["Delivery:RelayRetry"] = "00:00:00.100");
        await using var spare = ScriptedRelay.Start();
        int port;
        await using (var reserved = ScriptedRelay.Start()) port = reserved.Port;
        await world.UseRelayAsync(port);
        await AddRelayAsync(world, "spare", spare.Port, priority: 5);
        await using (var db = world.Open()) await db.Relays.Where(r => r.Name == "spare").ExecuteUpdateAsync(s => s.SetProperty(r => r.MessagesPerSecond, 50), Ct);
        await world.AddSubscribersAsync(300);
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        await Eventually.HoldsAsync(() => spare.Mails.Count > 10, "the spare relay to be used");

        await using var first = ScriptedRelay.Start(port);
        var books = await world.UntilAsync(campaign, CampaignState.Done);
        Assert.Equal(300, books.States[DeliveryState.Accepted]);
        Assert.InRange(spare.Mails.Count, 10, 290);
        Assert.Equal(300, spare.Mails.Count + first.Mails.Count);
        Assert.Equal(300, spare.Recipients.Concat(first.Recipients).Distinct().Count());
        await Eventually.HoldsAsync(async () => !await world.Open().Alerts.AnyAsync(a => a.ClosedAt == null, Ct), () => Task.FromResult("the alert to close"));
    }

    [Fact]
    public async Task Relays_of_the_same_rank_share_the_work()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using var one = ScriptedRelay.Start();
        await using var other = ScriptedRelay.Start();
        await world.UseRelayAsync(one.Port, connections: 2);
        await AddRelayAsync(world, "other", other.Port, priority: 0);
        await world.AddSubscribersAsync(200);
        await using var pump = RunningPump.Start(world.Services);
        await world.UntilAsync(await world.StartCampaignAsync(), CampaignState.Done);
        Assert.Equal(200, one.Mails.Count + other.Mails.Count);
        Assert.InRange(one.Mails.Count, 10, 190);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_campaign_paused_for_a_refused_log_in_has_the_relay_tried_when_it_is_resumed(DatabaseEngine engine)
    {
        var guard = new LogInGuard { Refuses = true };
        await using var world = await World.CreateAsync(engine, services: s => s.AddSingleton<IRelayOpener>(guard));
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        await world.AddSubscribersAsync(20);
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        Assert.Contains("refuses our log-in", (await world.UntilAsync(campaign, CampaignState.Paused)).Campaign.StateReason);
        Assert.Contains("refuses our log-in", Assert.Single(await TroublesAsync(world)).Text);

        // Resumed too early: tried, found as it was, paused again; nobody is counted.
        var tries = guard.Tries;
        Assert.IsType<DeskAnswer.Done>(await world.Desk(d => d.ResumeAsync(campaign, null, Ct)));
        await Eventually.HoldsAsync(() => guard.Tries > tries, "another try");
        var again = await world.UntilAsync(campaign, CampaignState.Paused);
        Assert.Equal(0, again.States[DeliveryState.Bounced]);

        // Mended at the relay's side: no row of ours changed.
        guard.Refuses = false;
        Assert.IsType<DeskAnswer.Done>(await world.Desk(d => d.ResumeAsync(campaign, null, Ct)));
        Assert.Equal(20, (await world.UntilAsync(campaign, CampaignState.Done)).States[DeliveryState.Accepted]);
        Assert.Equal(20, relay.Mails.Count);
        await Eventually.HoldsAsync(async () => !await world.Open().Alerts.AnyAsync(a => a.ClosedAt == null, Ct), () => Task.FromResult("the alerts to close"));
        Assert.Empty(await TroublesAsync(world));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_relay_that_cannot_be_opened_is_told_once_and_the_alert_ends_with_the_fault(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        await using (var db = world.Open()) await db.Relays.ExecuteUpdateAsync(s => s.SetProperty(r => r.HelloName, "no host name"), Ct);
        await using var pump = RunningPump.Start(world.Services);
        await using var look = world.Open();
        await Eventually.HoldsAsync(() => look.Alerts.AnyAsync(a => a.Kind == "relay-settings" && a.ClosedAt == null, Ct), () => Task.FromResult("an alert"));
        Assert.Contains("main", Assert.Single(await TroublesAsync(world)).Text);

        await look.Relays.ExecuteUpdateAsync(s => s.SetProperty(r => r.HelloName, "relay.example.test"), Ct);
        await Eventually.HoldsAsync(() => look.Alerts.AllAsync(a => a.ClosedAt != null, Ct), () => Task.FromResult("the alert to close"));
        Assert.Equal(1, await look.Alerts.CountAsync(Ct));
        await world.AddSubscribersAsync(3);
        await world.UntilAsync(await world.StartCampaignAsync(), CampaignState.Done);
    }

    private static Task<IReadOnlyList<RelayTrouble>> TroublesAsync(World world) => world.With<RelayTroubles, IReadOnlyList<RelayTrouble>>(t => t.FindAsync(false, Ct));

    private static async Task AddRelayAsync(World world, string name, int port, int priority)
    {
        await using var db = world.Open();
        db.Relays.Add(new RelayRow { Name = name, Host = "127.0.0.1", Port = port, Security = RelaySecurity.None, Priority = priority });
        await db.SaveChangesAsync(Ct);
    }

    /// <summary>A relay whose log-in can be broken and mended on its own side.</summary>
    private sealed class LogInGuard : IRelayOpener
    {
        private int _tries;

        public bool Refuses { get; set; }

        public int Tries => _tries;

        public IRelay Open(RelayRow row)
        {
            var endpoint = new SmtpEndpoint { Host = row.Host, Port = row.Port, HeloName = "[127.0.0.1]", Security = SmtpSecurity.None };
            return new Guarded(this, new SmtpRelay(new SmtpRelayClient(endpoint, new SmtpPoolLimits { Connections = row.Connections }, TimeProvider.System, NullLogger.Instance)), row);
        }

        private SmtpOutcome.Refused? Refusal(RelayRow row)
        {
            Interlocked.Increment(ref _tries);
            return Refuses
                ? new SmtpOutcome.Refused(SmtpPhase.Auth, new SmtpReply(535, "5.7.8 Wrong password"), new SmtpSession(row.Host, row.Port, new IPEndPoint(IPAddress.Loopback, row.Port), null, null))
                : null;
        }

        private sealed class Guarded(LogInGuard guard, SmtpRelay relay, RelayRow row) : IRelay
        {
            public async Task<SmtpOutcome> SendAsync(SmtpTransaction message, CancellationToken ct) => guard.Refusal(row) ?? await relay.SendAsync(message, ct);

            public async Task<SmtpOutcome?> FindProblemAsync(CancellationToken ct) => guard.Refusal(row) ?? await relay.FindProblemAsync(ct);

            public Task CloseIdleAsync(CancellationToken ct) => relay.CloseIdleAsync(ct);

            public ValueTask DisposeAsync() => relay.DisposeAsync();
        }
    }
}
