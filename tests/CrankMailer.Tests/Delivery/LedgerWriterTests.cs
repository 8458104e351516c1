using System.Diagnostics;
using CrankMailer.Delivery.Pump;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Delivery;

public sealed class LedgerWriterTests
{
    private static readonly AttemptFacts Facts = new("rcpt", 550, "5.1.1", "550 5.1.1 No such user", null, null, null);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_ends_in_time_although_the_ledger_cannot_be_written()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite, settings: s => s["Delivery:DrainFor"] = "00:00:01");
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        await world.AddSubscribersAsync(2000);
        await world.StartCampaignAsync();
        var pump = RunningPump.Start(world.Services);
        await Eventually.HoldsAsync(() => relay.Mails.Count > 20, "mail");
        await BreakAsync(world, "deliveries", "1");
        var stopping = Stopwatch.StartNew();
        await pump.StopAsync().WaitAsync(TimeSpan.FromSeconds(60), Ct);
        Assert.InRange(stopping.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        await pump.DisposeAsync();
    }

    [Fact]
    public async Task Who_asks_for_a_hand_over_is_answered_while_an_outcome_cannot_be_written()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using var scope = world.Services.CreateAsyncScope();
        var (campaign, rows) = await ClaimAsync(world, 3);
        var writer = scope.ServiceProvider.GetRequiredService<LedgerWriter>();
        using var giveUp = new CancellationTokenSource();
        var writing = writer.RunAsync(giveUp.Token);
        Assert.True(await writer.HandOverAsync(rows[0]));
        await BreakAsync(world, "deliveries", "1");
        writer.Record(rows[0], new Verdict.Accepted(), Facts);
        foreach (var row in rows[1..])
            await Assert.ThrowsAsync<LedgerUnavailableException>(() => writer.HandOverAsync(row).WaitAsync(TimeSpan.FromSeconds(30), Ct));
        await MendAsync(world);
        writer.Complete();
        Assert.True(await writing);
        Assert.Equal(1, (await world.BooksAsync(campaign)).States[DeliveryState.Accepted]);
    }

    [Fact]
    public async Task What_cannot_be_written_when_it_is_time_to_give_up_is_left_and_said()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using var scope = world.Services.CreateAsyncScope();
        var (_, rows) = await ClaimAsync(world, 1);
        var writer = scope.ServiceProvider.GetRequiredService<LedgerWriter>();
        using var giveUp = new CancellationTokenSource();
        var writing = writer.RunAsync(giveUp.Token);
        await BreakAsync(world, "deliveries", "1");
        writer.GiveBack(rows[0]);
        writer.Complete();
        await giveUp.CancelAsync();
        Assert.False(await writing.WaitAsync(TimeSpan.FromSeconds(30), Ct));
    }

    [Fact]
    public async Task One_outcome_the_database_does_not_take_is_set_aside_with_an_alert_and_the_others_are_written()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using var scope = world.Services.CreateAsyncScope();
        var (campaign, rows) = await ClaimAsync(world, 5);
        await BreakAsync(world, "deliveries", $"new.id = {rows[2].Id} and new.state = 'accepted'");
        await AssertSetAsideAsync(world, scope, campaign, rows, rows[2], Facts);
    }

    [Fact]
    public async Task Half_a_character_is_set_aside_where_the_database_does_not_take_it()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Postgres);
        await using var scope = world.Services.CreateAsyncScope();
        var (campaign, rows) = await ClaimAsync(world, 5);
        await AssertSetAsideAsync(world, scope, campaign, rows, rows[2], Facts with { Reply = "550 \ud83d" }, new Verdict.Bounced(BounceClass.Hard));
    }

    [Theory, InlineData(3_999, 3_999), InlineData(3_998, 4_000)]
    public void A_long_reply_is_cut_at_a_whole_character(int before, int length)
    {
        var cut = OutcomeReader.Cut(new string('x', before) + "\ud83d\ude00 and more of it");
        Assert.Equal(length, cut?.Length);
        Assert.False(char.IsHighSurrogate(cut![^1]));
    }

    [Fact]
    public void What_no_database_takes_is_taken_out_of_a_reply() => Assert.Equal("550 \ufffd no such user", OutcomeReader.Cut("550 \ud83d\0no such user"));

    private static async Task AssertSetAsideAsync(
        World world, AsyncServiceScope scope, int campaign, ClaimedDelivery[] rows, ClaimedDelivery bad, AttemptFacts facts, Verdict? verdict = null)
    {
        var writer = scope.ServiceProvider.GetRequiredService<LedgerWriter>();
        var writing = writer.RunAsync(CancellationToken.None);
        foreach (var row in rows) Assert.True(await writer.HandOverAsync(row));
        foreach (var row in rows) writer.Record(row, row == bad && verdict is not null ? verdict : new Verdict.Accepted(), row == bad ? facts : Facts);
        writer.Complete();
        Assert.True(await writing.WaitAsync(TimeSpan.FromSeconds(60), Ct));
        var books = await world.BooksAsync(campaign);
        Assert.Equal((rows.Length - 1, 1), (books.States[DeliveryState.Accepted], books.States[DeliveryState.Handed]));
        await using var db = world.Open();
        Assert.Contains($"delivery {bad.Id} ", (await db.Alerts.SingleAsync(a => a.Kind == "ledger-entry" && a.CampaignId == campaign, Ct)).Text);
    }

    private static async Task<(int Campaign, ClaimedDelivery[] Rows)> ClaimAsync(World world, int count)
    {
        await world.AddSubscribersAsync(count);
        var campaign = await world.StartCampaignAsync();
        await world.FreezeAsync(campaign);
        return (campaign, [.. (await world.Services.GetRequiredService<Claims>().QueuedAsync(campaign, world.PublicationId, 0, count, Ct)).Deliveries]);
    }

    private static async Task BreakAsync(World world, string table, string when)
    {
        await using var db = world.Open();
        var trigger = $"create trigger fault before update on {table} when {when} begin select raise(abort, 'fault'); end";
        await db.Database.ExecuteSqlRawAsync(trigger, Ct);
    }

    private static async Task MendAsync(World world)
    {
        await using var db = world.Open();
        await db.Database.ExecuteSqlRawAsync("drop trigger fault", Ct);
    }
}
