using CrankMailer.Delivery;
using CrankMailer.Delivery.Campaigns;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Publications;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Tests.Delivery;

public sealed class PumpTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Everybody_gets_it_once_and_the_campaign_is_done_when_the_books_balance(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        await world.AddSubscribersAsync(300);
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);

        var books = await world.UntilAsync(campaign, CampaignState.Done);
        Assert.Equal(300, books.States[DeliveryState.Accepted]);
        Assert.Equal(300, relay.Recipients.Distinct().Count());
        Assert.Equal(300, relay.Mails.Count);
        Assert.Equal(300, relay.Mails.Select(m => m.Header("Message-ID")).Distinct().Count());
        Assert.Equal(300, relay.Mails.Select(m => m.Sender).Distinct().Count());
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Handed_is_committed_before_the_final_dot(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        await world.AddSubscribersAsync(25);
        var seen = new System.Collections.Concurrent.ConcurrentBag<DeliveryState>();
        relay.OnMessage = async mail =>
        {
            await using var db = world.Open();
            seen.Add(await db.Deliveries.Where(d => d.Address == mail.Recipient).Select(d => d.State).SingleAsync());
            return ScriptedRelay.Ok;
        };
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        await world.UntilAsync(campaign, CampaignState.Done);

        Assert.Equal(25, seen.Count);
        Assert.All(seen, state => Assert.Equal(DeliveryState.Handed, state));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Deferred_once_is_tried_again_with_the_same_message_id(DatabaseEngine engine) // R13
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        await world.AddSubscribersAsync(1);
        var ids = new List<string>();
        relay.OnMessage = mail =>
        {
            ids.Add(mail.Header("Message-ID"));
            return Task.FromResult(ids.Count == 1 ? new SmtpReply(451, "4.7.1 Greylisted, try again later") : ScriptedRelay.Ok);
        };
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        await Eventually.HoldsAsync(async () => (await world.BooksAsync(campaign)).States[DeliveryState.Deferred] == 1, () => Task.FromResult("a deferral"));
        await world.AssertBooksAsync(campaign);
        Assert.Single(ids);

        world.Clock.Advance(TimeSpan.FromMinutes(8));
        await world.UntilAsync(campaign, CampaignState.Done);
        Assert.Equal(2, ids.Count);
        Assert.Single(ids.Distinct());
        await using var db = world.Open();
        var attempts = await db.Attempts.OrderBy(a => a.Number).ToListAsync(Ct);
        Assert.Equal([AttemptVerdict.Deferred, AttemptVerdict.Accepted], attempts.Select(a => a.Verdict));
        Assert.Equal((451, "4.7.1", "final-dot"), (attempts[0].Code, attempts[0].EnhancedCode, attempts[0].Phase));
    }

    [Fact]
    public async Task A_time_the_server_names_is_waited_for()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        await world.AddSubscribersAsync(1);
        relay.OnRecipient = _ => new SmtpReply(451, "4.7.1 Greylisting in action, please come back in 00:20:00");
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        await Eventually.HoldsAsync(async () => (await world.BooksAsync(campaign)).States[DeliveryState.Deferred] == 1, () => Task.FromResult("a deferral"));

        await using var db = world.Open();
        var until = await db.Deliveries.Select(d => d.NotBefore).SingleAsync(Ct);
        Assert.InRange((until - world.Clock.GetUtcNow())!.Value.TotalMinutes, 19.9, 25);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_mailbox_that_does_not_exist_bounces_hard_and_is_left_out_of_the_next_campaign(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        await world.AddSubscribersAsync(3);
        relay.OnRecipient = recipient => recipient.StartsWith("Reader1@", StringComparison.Ordinal) ? new SmtpReply(550, "5.1.1 User unknown") : ScriptedRelay.Ok;
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        var books = await world.UntilAsync(campaign, CampaignState.Done);
        Assert.Equal((2, 1), (books.States[DeliveryState.Accepted], books.States[DeliveryState.Bounced]));

        await using (var db = world.Open())
        {
            var row = await db.Deliveries.SingleAsync(d => d.State == DeliveryState.Bounced, Ct);
            Assert.Equal((BounceClass.Hard, 1), (row.Class, row.Attempts));
            Assert.Equal(SuppressionReason.HardBounce, (await db.Suppressions.SingleAsync(Ct)).Reason);
        }
        var next = await world.StartCampaignAsync();
        var later = await world.UntilAsync(next, CampaignState.Done);
        Assert.Equal((2, 1), (later.Campaign.Audience, later.LeftOut[LeftOutReason.Suppressed]));
        var story = await world.With<DeliveryStory, IReadOnlyList<StoryLine>>(s => s.SearchAsync("reader1@", null, 10, Ct));
        Assert.Equal(2, story.Count);
        Assert.Contains("suppressed", story[0].Sentence);
        Assert.Contains("5.1.1 User unknown", story[1].Sentence);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_relay_that_is_down_leaves_the_campaign_running_and_counts_nobody(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine, settings: s => s["Delivery:RelayRetry"] = "00:00:00.200");
        int port;
        await using (var reserved = ScriptedRelay.Start()) port = reserved.Port;
        await world.UseRelayAsync(port);
        await world.AddSubscribersAsync(200);
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        await Eventually.HoldsAsync(async () => (await world.BooksAsync(campaign)).States[DeliveryState.Deferred] > 0, () => Task.FromResult("a deferral"));
        await using (var db = world.Open())
        {
            await Eventually.HoldsAsync(() => db.Alerts.AnyAsync(a => a.Kind == "relay-down" && a.ClosedAt == null, Ct), () => Task.FromResult("an alert"));
            Assert.Equal(1, await db.Alerts.CountAsync(Ct));
            Assert.Equal(0, await db.Deliveries.MaxAsync(d => d.Attempts, Ct));
            Assert.Equal(CampaignState.Running, (await db.Campaigns.SingleAsync(Ct)).State);
        }
        // Everything that was in hand is deferred, and nothing more is claimed: a million rows are not deferred one by one.
        await Eventually.HoldsAsync(async () => (await world.BooksAsync(campaign)).States is var s && s[DeliveryState.Claimed] + s[DeliveryState.Handed] == 0, () => Task.FromResult("nothing to be in hand"));
        var waiting = await world.BooksAsync(campaign);
        Assert.InRange(waiting.States[DeliveryState.Deferred], 1, 60);
        Assert.Equal(200, waiting.States[DeliveryState.Deferred] + waiting.States[DeliveryState.Queued]);
        var trouble = Assert.Single(await world.With<RelayTroubles, IReadOnlyList<RelayTrouble>>(t => t.FindAsync(false, Ct)));
        Assert.Contains($"Relay “main” (127.0.0.1:{port}) cannot be used: it cannot be reached", trouble.Text);
        Assert.Contains("Next try: 2026-06-15 09:0", trouble.Text);
        Assert.Empty(await world.With<RelayTroubles, IReadOnlyList<RelayTrouble>>(t => t.FindAsync(true, Ct)));

        await using var relay = ScriptedRelay.Start(port);
        await using (var db = world.Open())
            await Eventually.HoldsAsync(async () => !await db.Alerts.AnyAsync(a => a.ClosedAt == null, Ct), () => Task.FromResult("the alert to close"));
        // At once: the clock stands.
        var books = await world.UntilAsync(campaign, CampaignState.Done);
        Assert.Equal(200, books.States[DeliveryState.Accepted]);
        Assert.Equal(200, relay.Mails.Count);
        Assert.Equal(200, relay.Recipients.Distinct().Count());
        await using (var db = world.Open()) Assert.True(await db.Deliveries.AllAsync(d => d.Attempts == 1, Ct));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Paused_sends_no_more_resumed_goes_on_cancelled_takes_back(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port, connections: 1);
        await world.AddSubscribersAsync(400);
        var campaign = await world.CreateCampaignAsync();
        var moved = 0;
        relay.OnMessage = async mail =>
        {
            if (relay.Mails.Count == 10 && Interlocked.Exchange(ref moved, 1) == 0) await world.Desk(d => d.PauseAsync(campaign, "Look again", null, CancellationToken.None));
            return ScriptedRelay.Ok;
        };
        await world.Desk(d => d.StartAsync(campaign, null, Ct));
        await using var pump = RunningPump.Start(world.Services);
        await Eventually.HoldsAsync(async () =>
        {
            var books = await world.BooksAsync(campaign);
            return books.Campaign.State == CampaignState.Paused && books.States[DeliveryState.Claimed] + books.States[DeliveryState.Handed] == 0;
        }, () => Task.FromResult("the pause to take hold"));
        await world.AssertBooksAsync(campaign);
        var sent = relay.Mails.Count;
        Assert.InRange(sent, 11, 399);

        await world.Desk(d => d.ResumeAsync(campaign, null, Ct));
        await Eventually.HoldsAsync(() => relay.Mails.Count > sent + 5, "sending to go on");
        await world.Desk(d => d.CancelAsync(campaign, null, null, Ct));
        await Eventually.HoldsAsync(async () => (await world.BooksAsync(campaign)).Open == 0, () => Task.FromResult("the rest to be taken back"));
        await world.AssertBooksAsync(campaign);
        var end = await world.BooksAsync(campaign);
        Assert.Equal(relay.Mails.Count, end.States[DeliveryState.Accepted]);
        Assert.Equal(relay.Mails.Count, relay.Recipients.Distinct().Count());
        Assert.Equal(end.Campaign.Audience - relay.Mails.Count, end.States[DeliveryState.Cancelled]);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Who_leaves_during_the_run_gets_nothing_more(DatabaseEngine engine) // R49
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port, connections: 1);
        var people = await world.AddSubscribersAsync(20);
        var left = 0;
        relay.OnMessage = async mail =>
        {
            // The first message is on its way, all others are claimed: now two of them leave, one by a link, one by a complaint.
            if (Interlocked.Exchange(ref left, 1) == 0)
            {
                await world.UnsubscribeAsync(people[18]);
                await world.SuppressAsync("reader19@example.org");
            }
            return ScriptedRelay.Ok;
        };
        var campaign = await world.StartCampaignAsync();
        await world.FreezeAsync(campaign);
        await using var pump = RunningPump.Start(world.Services);
        var books = await world.UntilAsync(campaign, CampaignState.Done);
        Assert.Equal((18, 2), (books.States[DeliveryState.Accepted], books.States[DeliveryState.Suppressed]));
        Assert.DoesNotContain("Reader18@example.org", relay.Recipients);
        Assert.DoesNotContain("Reader19@example.org", relay.Recipients);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Our_own_fault_pauses_the_campaign_and_counts_nobody(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        await world.AddSubscribersAsync(10);
        relay.OnRecipient = _ => new SmtpReply(530, "5.7.0 Authentication required");
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        var books = await world.UntilAsync(campaign, CampaignState.Paused);
        Assert.Contains("Authentication required", books.Campaign.StateReason);
        Assert.Equal(0, books.States[DeliveryState.Bounced]);
        await Eventually.HoldsAsync(async () => await world.Open().Alerts.AnyAsync(Ct), () => Task.FromResult("an alert"));
        await using (var db = world.Open()) Assert.Equal("misconfigured", (await db.Alerts.SingleAsync(Ct)).Kind);

        // What was on the wire when the first answer came gets the same answer, and would stop the campaign once more.
        await Eventually.HoldsAsync(async () => (await world.BooksAsync(campaign)).States is var states && states[DeliveryState.Claimed] + states[DeliveryState.Handed] == 0, () => Task.FromResult("nothing to be in flight"));
        relay.OnRecipient = _ => ScriptedRelay.Ok;
        await world.Desk(d => d.ResumeAsync(campaign, null, Ct));
        Assert.Equal(10, (await world.UntilAsync(campaign, CampaignState.Done)).States[DeliveryState.Accepted]);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Told_to_stop_it_finishes_what_is_in_flight_and_gives_the_rest_back(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port, connections: 2);
        await world.AddSubscribersAsync(200);
        var campaign = await world.StartCampaignAsync();
        await using (var pump = RunningPump.Start(world.Services))
        {
            await Eventually.HoldsAsync(() => relay.Mails.Count > 20, "some messages");
            await pump.StopAsync();
        }
        var books = await world.BooksAsync(campaign);
        Assert.Equal(0, books.States[DeliveryState.Claimed] + books.States[DeliveryState.Handed] + books.States[DeliveryState.Uncertain]);
        await world.AssertBooksAsync(campaign);

        await using var next = world.OtherNode();
        await using var again = RunningPump.Start(next);
        Assert.Equal(200, (await world.UntilAsync(campaign, CampaignState.Done)).States[DeliveryState.Accepted]);
        Assert.Equal(200, relay.Mails.Count);
        Assert.Equal(200, relay.Recipients.Distinct().Count());
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Captured_mail_ends_in_captured_and_never_reaches_a_real_relay(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine, new SendingMode(true));
        await using var real = ScriptedRelay.Start();
        await using var capturing = ScriptedRelay.Start();
        await world.UseRelayAsync(capturing.Port, captures: true);
        await using (var db = world.Open())
        {
            db.Relays.Add(new RelayRow { Name = "real", Host = "127.0.0.1", Port = real.Port, Security = RelaySecurity.None, Priority = -1 });
            await db.SaveChangesAsync(Ct);
        }
        await world.AddSubscribersAsync(5);
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        var books = await world.UntilAsync(campaign, CampaignState.Done);
        Assert.Equal(5, books.States[DeliveryState.Captured]);
        Assert.Empty(real.Mails);
        Assert.Equal(5, capturing.Mails.Count);
    }

    [Fact]
    public async Task Two_nodes_share_a_campaign_and_nobody_gets_it_twice()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Postgres);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port, connections: 2);
        await world.AddSubscribersAsync(1_000);
        var campaign = await world.StartCampaignAsync();
        await using var second = world.OtherNode();
        await using var one = RunningPump.Start(world.Services);
        await using var two = RunningPump.Start(second);
        await world.UntilAsync(campaign, CampaignState.Done);

        Assert.Equal(1_000, relay.Mails.Count);
        Assert.Equal(1_000, relay.Recipients.Distinct().Count());
        await using var db = world.Open();
        var shares = await db.CampaignCounters.Where(c => c.State == DeliveryState.Accepted).Select(c => c.Count).ToListAsync(Ct);
        Assert.Equal(2, shares.Count);
        Assert.All(shares, share => Assert.True(share > 0));
    }
}
