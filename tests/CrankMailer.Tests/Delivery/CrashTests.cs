using CrankMailer.Delivery.Campaigns;
using CrankMailer.Delivery.Ledger;
using CrankMailer.Delivery.Pump;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Tokens;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Delivery;

public sealed class CrashTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Lost_between_dot_and_verdict_is_uncertain_and_resent_only_by_a_person(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        await world.AddSubscribersAsync(5);
        var campaign = await world.StartCampaignAsync();
        await world.FreezeAsync(campaign);
        var lost = await DieAfterTheDotAsync(world, campaign);

        // Its leases run out, and another process takes over.
        await ExpireLeasesAsync(world);
        await using var other = world.OtherNode();
        await using var heir = RunningPump.Start(other);
        var books = await world.UntilAsync(campaign, CampaignState.Done);
        Assert.Equal((4, 1), (books.States[DeliveryState.Accepted], books.States[DeliveryState.Uncertain]));
        Assert.Equal(4, relay.Mails.Count);
        Assert.DoesNotContain(lost.Address, relay.Recipients);
        await using (var db = world.Open())
        {
            await Eventually.HoldsAsync(() => db.Alerts.AnyAsync(a => a.Kind == "uncertain" && a.CampaignId == campaign, Ct), () => Task.FromResult("an alert"));
            Assert.Equal(lost.Id, (await db.Attempts.SingleAsync(a => a.Verdict == AttemptVerdict.Unknown, Ct)).DeliveryId);
        }

        Assert.IsType<DeskAnswer.Done>(await world.Desk(d => d.SettleUncertainAsync(campaign, null, Settlement.Resend, null, Ct)));
        await Eventually.HoldsAsync(() => relay.Mails.Count == 5, "the message again");
        var ring = await world.Services.GetRequiredService<TokenRings>().GetAsync(Ct);
        var again = relay.Mails.Single(m => m.Recipient == lost.Address);
        Assert.Equal($"<{ring.Make(TokenPurpose.MessageId, new TokenIds(campaign, lost.Id))}@news.example.test>", again.Header("Message-ID"));
        Assert.Equal(5, (await world.UntilAsync(campaign, CampaignState.Done)).States[DeliveryState.Accepted]);
        Assert.False(await world.Open().Alerts.AnyAsync(a => a.Kind == "uncertain" && a.ClosedAt == null, Ct), "settled, nobody need look");
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_late_refusal_does_not_hide_a_row_in_the_queue_of_a_campaign_that_is_done(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        await world.AddSubscribersAsync(1);
        var campaign = await world.StartCampaignAsync();
        await world.FreezeAsync(campaign);
        await using var scope = world.Services.CreateAsyncScope();
        var writer = scope.ServiceProvider.GetRequiredService<LedgerWriter>();
        var writing = writer.RunAsync(Ct);
        var row = (await world.Services.GetRequiredService<Claims>().QueuedAsync(campaign, world.PublicationId, 0, 1, Ct)).Deliveries[0];
        Assert.True(await writer.HandOverAsync(row));

        // We cannot reach the database; another node sweeps and ends the campaign. Then our relay's answer is written.
        await ExpireLeasesAsync(world);
        await using var other = world.OtherNode();
        await other.GetRequiredService<LeaseSweep>().SweepAsync(campaign, Ct);
        await other.GetRequiredService<CampaignEnd>().TryFinishAsync(new RunningCampaign(new CampaignRow(campaign, world.PublicationId, false, true, world.Clock.GetUtcNow()), 0, world.Clock.GetUtcNow()), Ct);
        Assert.Equal(CampaignState.Done, (await world.BooksAsync(campaign)).Campaign.State);
        writer.Record(row, new Verdict.Deferred(world.Clock.Instant(), BounceClass.Soft), new AttemptFacts("data", 451, null, "later", null, null, null));
        writer.Complete();
        await writing;
        Assert.Equal(1, (await world.BooksAsync(campaign)).States[DeliveryState.Uncertain]);

        Assert.IsType<DeskAnswer.Done>(await world.Desk(d => d.SettleUncertainAsync(campaign, null, Settlement.Resend, null, Ct)));
        await using var pump = RunningPump.Start(other);
        Assert.Equal(1, (await world.UntilAsync(campaign, CampaignState.Done)).States[DeliveryState.Accepted]);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Rows_left_in_the_queue_of_a_campaign_that_is_done_are_sent_when_somebody_asks_again(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        await world.AddSubscribersAsync(3);
        var campaign = await world.StartCampaignAsync();
        await world.FreezeAsync(campaign);
        await DieAfterTheDotAsync(world, campaign, of: 3, which: 1);
        await ExpireLeasesAsync(world);
        await using var other = world.OtherNode();
        await using var pump = RunningPump.Start(other);
        await world.UntilAsync(campaign, CampaignState.Done);
        // A process that ended between the two steps of the desk.
        Assert.Equal(1, await world.Services.GetRequiredService<RowMoves>().SettleAsync(campaign, null, DeliveryState.Queued, Ct));

        Assert.Contains("1 delivery", Assert.IsType<DeskAnswer.Done>(await world.Desk(d => d.RetryFailedAsync(campaign, null, Ct))).Text);
        Assert.Equal(3, (await world.UntilAsync(campaign, CampaignState.Done)).States[DeliveryState.Accepted]);
        Assert.IsType<DeskAnswer.Refused>(await world.Desk(d => d.RetryFailedAsync(campaign, null, Ct)));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task The_relays_late_answer_settles_an_uncertain_row(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port, connections: 1);
        await world.AddSubscribersAsync(1);
        var answer = new TaskCompletionSource<SmtpReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        var dot = new TaskCompletionSource();
        relay.OnMessage = _ =>
        {
            dot.TrySetResult();
            return answer.Task;
        };
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        await dot.Task.WaitAsync(Ct);
        await ExpireLeasesAsync(world);
        await using var other = world.OtherNode();
        await other.GetRequiredService<LeaseSweep>().SweepAsync(campaign, Ct);
        Assert.Equal(1, (await world.BooksAsync(campaign)).States[DeliveryState.Uncertain]);

        answer.SetResult(ScriptedRelay.Ok);
        await Eventually.HoldsAsync(async () => (await world.BooksAsync(campaign)).States[DeliveryState.Accepted] == 1, () => Task.FromResult("the evidence to count"));
        await world.AssertBooksAsync(campaign);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_connection_lost_after_the_dot_is_uncertain_and_may_be_accepted_by_a_person(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port, connections: 1);
        await world.AddSubscribersAsync(1);
        var dot = new TaskCompletionSource();
        var never = new TaskCompletionSource<SmtpReply>();
        relay.OnMessage = _ =>
        {
            dot.TrySetResult();
            return never.Task;
        };
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        await dot.Task.WaitAsync(Ct);
        var gone = relay.DisposeAsync().AsTask();
        await Eventually.HoldsAsync(async () => (await world.BooksAsync(campaign)).States[DeliveryState.Uncertain] == 1, () => Task.FromResult("an uncertain row"));

        Assert.IsType<DeskAnswer.Done>(await world.Desk(d => d.SettleUncertainAsync(campaign, [1], Settlement.Accept, null, Ct)));
        Assert.Equal(1, (await world.UntilAsync(campaign, CampaignState.Done)).States[DeliveryState.Accepted]);
        never.TrySetCanceled(Ct);
        await gone;
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Claimers_at_once_never_hold_one_row(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await world.AddSubscribersAsync(600);
        var campaign = await world.StartCampaignAsync();
        await world.FreezeAsync(campaign);
        var nodes = Enumerable.Range(0, 4).Select(_ => world.OtherNode()).ToList();
        var claimed = await Task.WhenAll(nodes.Select(node => Task.Run(async () =>
        {
            var mine = new List<long>();
            while (true)
            {
                var batch = await node.GetRequiredService<Claims>().QueuedAsync(campaign, world.PublicationId, 0, 25, Ct);
                if (batch.LastId == 0) return mine;
                Assert.InRange(batch.Deliveries.Count, 1, 25);
                mine.AddRange(batch.Deliveries.Select(d => d.Id));
            }
        }, Ct)));
        var all = claimed.SelectMany(c => c).ToList();
        Assert.Equal(600, all.Count);
        Assert.Equal(600, all.Distinct().Count());
        await world.AssertBooksAsync(campaign);
        foreach (var node in nodes) await node.DisposeAsync();
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Claims_of_a_lost_node_go_back_to_the_queue_after_their_lease_and_not_before(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await world.AddSubscribersAsync(10);
        var campaign = await world.StartCampaignAsync();
        await world.FreezeAsync(campaign);
        await world.Services.GetRequiredService<Claims>().QueuedAsync(campaign, world.PublicationId, 0, 10, Ct);
        await using var other = world.OtherNode();
        var sweep = other.GetRequiredService<LeaseSweep>();
        await sweep.SweepAsync(campaign, Ct);
        Assert.Equal(10, (await world.BooksAsync(campaign)).States[DeliveryState.Claimed]);

        await ExpireLeasesAsync(world);
        await sweep.SweepAsync(campaign, Ct);
        Assert.Equal(10, (await world.BooksAsync(campaign)).States[DeliveryState.Queued]);
        await world.AssertBooksAsync(campaign);
    }

    /// <summary>A process that claimed everybody, sent one message, and ended before the answer.</summary>
    private static async Task<ClaimedDelivery> DieAfterTheDotAsync(World world, int campaign, int of = 5, int which = 2)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var batch = await world.Services.GetRequiredService<Claims>().QueuedAsync(campaign, world.PublicationId, 0, of, Ct);
        var writer = scope.ServiceProvider.GetRequiredService<LedgerWriter>();
        var writing = writer.RunAsync(Ct);
        Assert.True(await writer.HandOverAsync(batch.Deliveries[which]));
        writer.Complete();
        await writing;
        return batch.Deliveries[which];
    }

    /// <summary>Leases run on the database's clock on PostgreSQL, so they are set back rather than the clock forward.</summary>
    private static async Task ExpireLeasesAsync(World world)
    {
        await using var db = world.Open();
        var past = DateTimeOffset.UnixEpoch;
        await db.Deliveries.Where(d => d.LeasedUntil != null).ExecuteUpdateAsync(s => s.SetProperty(d => d.LeasedUntil, past), Ct);
    }
}
