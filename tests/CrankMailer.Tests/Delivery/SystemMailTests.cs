using CrankMailer.Mail.Smtp;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Publications;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Tests.Delivery;

public sealed class SystemMailTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task System_mail_leaves_without_any_campaign_and_by_its_own_rules(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        var id = await AddAsync(world, "ada@example.org");
        await using var pump = RunningPump.Start(world.Services);
        await UntilAsync(world, id, OutboxState.Accepted);
        var mail = Assert.Single(relay.Mails);
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.Equal("", mail.Header("List-Unsubscribe-Post"));
        Assert.Equal("", mail.Header("Precedence"));
        Assert.NotEqual("", mail.Header("DKIM-Signature"));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task System_mail_overtakes_bulk(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port, connections: 1);
        await using (var db = world.Open()) await db.Relays.ExecuteUpdateAsync(s => s.SetProperty(r => r.MessagesPerSecond, 40), Ct);
        await world.AddSubscribersAsync(500);
        await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        await Eventually.HoldsAsync(() => relay.Mails.Count > 5, "bulk to run");
        var id = await AddAsync(world, "ada@example.org");
        await UntilAsync(world, id, OutboxState.Accepted);
        Assert.InRange(relay.Mails.Count, 6, 400);
    }

    [Fact]
    public async Task System_mail_goes_before_bulk_that_waits_for_its_place_in_the_relays_rate()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port, connections: 20);
        await using (var db = world.Open()) await db.Relays.ExecuteUpdateAsync(s => s.SetProperty(r => r.MessagesPerSecond, 8), Ct);
        await world.AddSubscribersAsync(60);
        await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        await Eventually.HoldsAsync(() => relay.Mails.Count > 2, "bulk to run");
        var before = relay.Mails.Count;
        var id = await AddAsync(world, "ada@example.org");
        await UntilAsync(world, id, OutboxState.Accepted);
        // Twenty workers wait for a place each; it takes the first after it is claimed, a quarter of a second later.
        Assert.InRange(relay.Recipients.ToList().IndexOf("ada@example.org") - before, 0, 12);
    }

    [Fact]
    public async Task System_mail_finds_a_seat_while_a_slow_relay_is_busy_with_bulk()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using var relay = ScriptedRelay.Start();
        var gate = new TaskCompletionSource();
        var asked = 0;
        relay.OnMessage = async mail =>
        {
            if (mail.Recipient == "ada@example.org") return ScriptedRelay.Ok;
            if (Interlocked.Increment(ref asked) <= 3) await Task.Delay(1200, Ct); // slow, and seen to be
            else await gate.Task;
            return ScriptedRelay.Ok;
        };
        await world.UseRelayAsync(relay.Port, connections: 3);
        await world.AddSubscribersAsync(10);
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        await Eventually.HoldsAsync(() => Volatile.Read(ref asked) == 5, "bulk to take every seat it may");
        var id = await AddAsync(world, "ada@example.org");
        await UntilAsync(world, id, OutboxState.Accepted);
        Assert.Equal(5, asked);
        gate.SetResult();
        Assert.Equal(10, (await world.UntilAsync(campaign, CampaignState.Done)).States[DeliveryState.Accepted]);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_complaint_blocks_even_system_mail(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        var person = await world.AddSubscriberAsync("ada@example.org");
        await world.SuppressAsync("ada@example.org");
        var id = await AddAsync(world, "ada@example.org", with: m => m.SubscriberId = person);
        await using var pump = RunningPump.Start(world.Services);
        await UntilAsync(world, id, OutboxState.Failed);
        Assert.Empty(relay.Mails);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_test_of_an_edition_shows_the_campaigns_headers(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        var id = await AddAsync(world, "chief@example.org", with: m => (m.Kind, m.EditionId, m.Html, m.Text, m.Subject) = ("test", world.EditionId, "", "", ""));
        await using var pump = RunningPump.Start(world.Services);
        await UntilAsync(world, id, OutboxState.Accepted);
        var mail = Assert.Single(relay.Mails);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Header("List-Unsubscribe-Post"));
        Assert.StartsWith("Ports, cables", mail.Header("Subject"));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Deferred_system_mail_is_tried_again_and_refused_for_good_fails_with_the_reply(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        var asked = 0;
        relay.OnRecipient = recipient => recipient.StartsWith("gone", StringComparison.Ordinal) ? new SmtpReply(550, "5.1.1 No such user")
            : ++asked == 1 ? new SmtpReply(450, "4.2.0 Later") : ScriptedRelay.Ok;
        var later = await AddAsync(world, "ada@example.org");
        var gone = await AddAsync(world, "gone@example.org");
        await using var pump = RunningPump.Start(world.Services);
        await UntilAsync(world, gone, OutboxState.Failed);
        await UntilAsync(world, later, OutboxState.Deferred);
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await UntilAsync(world, later, OutboxState.Accepted);
        await using var db = world.Open();
        Assert.Contains("No such user", (await db.OutboxMails.SingleAsync(m => m.Id == gone, Ct)).Reply);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_fault_of_ours_keeps_system_mail_waiting_with_an_alert_until_it_is_mended(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        relay.OnRecipient = _ => new SmtpReply(530, "5.7.0 Authentication required");
        var id = await AddAsync(world, "ada@example.org");
        await using var pump = RunningPump.Start(world.Services);
        await UntilAsync(world, id, OutboxState.Deferred);
        await using var db = world.Open();
        await Eventually.HoldsAsync(() => db.Alerts.AnyAsync(a => a.ClosedAt == null && a.Text.Contains("Authentication required"), Ct), () => Task.FromResult("an alert"));

        relay.OnRecipient = _ => ScriptedRelay.Ok;
        world.Clock.Advance(TimeSpan.FromMinutes(16));
        await UntilAsync(world, id, OutboxState.Accepted);
        await Eventually.HoldsAsync(() => db.Alerts.AllAsync(a => a.ClosedAt != null, Ct), () => Task.FromResult("the alert to close"));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task System_mail_waits_for_a_relay_that_is_down_and_leaves_when_it_is_back(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine, settings: s => s["Delivery:RelayRetry"] = "00:00:00.200");
        int port;
        await using (var reserved = ScriptedRelay.Start()) port = reserved.Port;
        await world.UseRelayAsync(port);
        var id = await AddAsync(world, "ada@example.org");
        await using var pump = RunningPump.Start(world.Services);
        await UntilAsync(world, id, OutboxState.Deferred);
        await using (var db = world.Open()) Assert.Equal(0, (await db.OutboxMails.SingleAsync(Ct)).Attempts);

        await using var relay = ScriptedRelay.Start(port);
        await UntilAsync(world, id, OutboxState.Accepted);
    }

    [Fact]
    public async Task Where_the_first_relay_is_down_the_next_one_takes_over()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using var second = ScriptedRelay.Start();
        int closed;
        await using (var reserved = ScriptedRelay.Start()) closed = reserved.Port;
        await world.UseRelayAsync(closed);
        await using (var db = world.Open())
        {
            db.Relays.Add(new RelayRow { Name = "spare", Host = "127.0.0.1", Port = second.Port, Security = RelaySecurity.None, Priority = 5 });
            await db.SaveChangesAsync(Ct);
        }
        await world.AddSubscribersAsync(30);
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        Assert.Equal(30, (await world.UntilAsync(campaign, CampaignState.Done)).States[DeliveryState.Accepted]);
        Assert.Equal(30, second.Mails.Count);
    }

    private static async Task<long> AddAsync(World world, string to, Action<OutboxMail>? with = null)
    {
        await using var db = world.Open();
        var mail = new OutboxMail
        {
            Kind = "confirm", PublicationId = world.PublicationId, ToAddress = to, Subject = "Please confirm", Text = "Press the button: https://news.example.test/confirm/x",
            Html = "<!doctype html><html lang=\"en\"><body><p>Press the button</p></body></html>", CreatedAt = world.Clock.Instant(), StateAt = world.Clock.Instant(),
        };
        with?.Invoke(mail);
        db.OutboxMails.Add(mail);
        await db.SaveChangesAsync(Ct);
        return mail.Id;
    }

    private static Task UntilAsync(World world, long id, OutboxState state) => Eventually.HoldsAsync(async () =>
    {
        await using var db = world.Open();
        return (await db.OutboxMails.SingleAsync(m => m.Id == id, Ct)).State == state;
    }, async () =>
    {
        await using var db = world.Open();
        var mail = await db.OutboxMails.SingleAsync(m => m.Id == id, Ct);
        return $"mail {id} to be {state}; it is {mail.State}: {mail.Reply}";
    });
}
