using CrankMailer.Delivery.Pump;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Delivery;

public sealed class LeaseTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_row_the_process_lost_track_of_comes_back_and_one_in_hand_does_not(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await world.AddSubscribersAsync(3);
        var campaign = await world.StartCampaignAsync();
        await world.FreezeAsync(campaign);
        var claims = world.Services.GetRequiredService<Claims>();
        var lost = (await claims.QueuedAsync(campaign, world.PublicationId, 0, 3, Ct)).Deliveries[1];
        world.Services.GetRequiredService<Holds<DeliveryKey>>().LetGo(lost.Key);

        await using (var db = world.Open()) await db.Deliveries.ExecuteUpdateAsync(s => s.SetProperty(d => d.LeasedUntil, DateTimeOffset.UnixEpoch), Ct);
        await claims.RenewAsync(Ct);
        await world.Services.GetRequiredService<LeaseSweep>().SweepAsync(campaign, Ct);

        await using (var db = world.Open()) Assert.Equal(lost.Id, (await db.Deliveries.SingleAsync(d => d.State == DeliveryState.Queued, Ct)).Id);
        Assert.Equal(2, (await world.BooksAsync(campaign)).States[DeliveryState.Claimed]);
        await world.AssertBooksAsync(campaign);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_stale_claim_cannot_undo_the_hand_over_of_a_newer_one(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await world.AddSubscribersAsync(1);
        var campaign = await world.StartCampaignAsync();
        await world.FreezeAsync(campaign);
        var claims = world.Services.GetRequiredService<Claims>();
        var older = (await claims.QueuedAsync(campaign, world.PublicationId, 0, 1, Ct)).Deliveries[0];
        await using (var db = world.Open()) await db.Deliveries.ExecuteUpdateAsync(s => s.SetProperty(d => d.LeasedUntil, DateTimeOffset.UnixEpoch), Ct);
        await world.Services.GetRequiredService<LeaseSweep>().SweepAsync(campaign, Ct);
        var newer = (await claims.QueuedAsync(campaign, world.PublicationId, 0, 1, Ct)).Deliveries[0];

        await using var scope = world.Services.CreateAsyncScope();
        var writer = scope.ServiceProvider.GetRequiredService<LedgerWriter>();
        var writing = writer.RunAsync(Ct);
        Assert.True(await writer.HandOverAsync(newer));
        writer.GiveBack(older);
        writer.Record(older, new Verdict.NotTried(), null);
        writer.Record(newer, new Verdict.Accepted(), new AttemptFacts("final-dot", 250, null, "250 ok", null, null, null));
        writer.Complete();
        Assert.True(await writing);
        Assert.Equal(1, (await world.BooksAsync(campaign)).States[DeliveryState.Accepted]);
        await world.AssertBooksAsync(campaign);
    }

    [Fact]
    public async Task Renewal_passes_over_a_row_somebody_is_writing()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Postgres);
        await world.AddSubscribersAsync(3);
        var campaign = await world.StartCampaignAsync();
        await world.FreezeAsync(campaign);
        var claims = world.Services.GetRequiredService<Claims>();
        var rows = (await claims.QueuedAsync(campaign, world.PublicationId, 0, 3, Ct)).Deliveries;
        await using var db = world.Open();
        await db.Deliveries.ExecuteUpdateAsync(s => s.SetProperty(d => d.LeasedUntil, DateTimeOffset.UnixEpoch), Ct);
        await using (var writing = await db.Database.BeginTransactionAsync(Ct))
        {
            await db.Deliveries.Where(d => d.Id == rows[1].Id).ExecuteUpdateAsync(s => s.SetProperty(d => d.Attempts, 0), Ct);
            await claims.RenewAsync(Ct).WaitAsync(TimeSpan.FromSeconds(30), Ct);
            await writing.CommitAsync(Ct);
        }
        Assert.Equal(rows[1].Id, (await db.Deliveries.AsNoTracking().SingleAsync(d => d.LeasedUntil == DateTimeOffset.UnixEpoch, Ct)).Id);
        await claims.RenewAsync(Ct);
        Assert.False(await db.Deliveries.AnyAsync(d => d.LeasedUntil == DateTimeOffset.UnixEpoch, Ct));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_claim_takes_no_more_than_it_asks_for(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await world.AddSubscribersAsync(200);
        var campaign = await world.StartCampaignAsync();
        await world.FreezeAsync(campaign);
        var claims = world.Services.GetRequiredService<Claims>();
        Assert.Equal(8, (await claims.QueuedAsync(campaign, world.PublicationId, 0, 8, Ct)).Deliveries.Count);
        Assert.Equal(192, (await world.BooksAsync(campaign)).States[DeliveryState.Queued]);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_pump_that_has_nothing_in_hand_holds_nothing(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        await world.AddSubscribersAsync(50);
        relay.OnRecipient = recipient => recipient.StartsWith("Reader7@", StringComparison.Ordinal) ? new(450, "4.2.1 Later") : ScriptedRelay.Ok;
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        await Eventually.HoldsAsync(async () => (await world.BooksAsync(campaign)).States[DeliveryState.Accepted] == 49, () => Task.FromResult("all but one to be accepted"));
        await Eventually.HoldsAsync(() => world.Services.GetRequiredService<Holds<DeliveryKey>>().All.Count == 0, "nothing to be in hand");
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task System_mail_is_claimed_as_connections_can_take_it_and_its_lease_is_renewed(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine, settings: s => s["Delivery:Lease"] = "00:00:05");
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port, connections: 2);
        var answer = new TaskCompletionSource<CrankMailer.Mail.Smtp.SmtpReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        var reached = 0;
        relay.OnMessage = _ =>
        {
            Interlocked.Increment(ref reached);
            return answer.Task;
        };
        await using (var db = world.Open())
        {
            for (var n = 0; n < 60; n++)
                db.OutboxMails.Add(new OutboxMail
                {
                    Kind = "confirm", PublicationId = world.PublicationId, ToAddress = $"reader{n}@example.org", Subject = "Please confirm", Text = "Press the button",
                    Html = "<!doctype html><html lang=\"en\"><body><p>Press</p></body></html>", CreatedAt = world.Clock.Instant(), StateAt = world.Clock.Instant(),
                });
            await db.SaveChangesAsync(Ct);
        }
        await using var pump = RunningPump.Start(world.Services);
        await Eventually.HoldsAsync(() => Volatile.Read(ref reached) == 2, "both connections to be busy");
        var first = await LeaseAsync(world);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(async () => await LeaseAsync(world) > first, () => Task.FromResult("the leases to be renewed"));
        await using (var db = world.Open())
            Assert.InRange(await db.OutboxMails.CountAsync(m => m.State == OutboxState.Claimed || m.State == OutboxState.Handed, Ct), 2, 2 + 2 * 2);

        answer.SetResult(ScriptedRelay.Ok);
        await Eventually.HoldsAsync(async () => await world.Open().OutboxMails.AllAsync(m => m.State == OutboxState.Accepted, Ct), () => Task.FromResult("all to be accepted"));
        Assert.Equal(60, relay.Recipients.Distinct().Count());
        Assert.Equal(60, relay.Mails.Count);
    }

    private static async Task<DateTimeOffset> LeaseAsync(World world)
    {
        await using var db = world.Open();
        return await db.OutboxMails.Where(m => m.State == OutboxState.Handed).MinAsync(m => m.LeasedUntil, Ct) ?? DateTimeOffset.MinValue;
    }
}
