using CrankMailer.Delivery.Relays;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Tests.Delivery;

public sealed class RelaySeatsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_relay_that_takes_fewer_connections_than_it_is_set_up_with_is_used_with_those_it_takes()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using var relay = new LimitedRelay(limit: 2);
        await world.UseRelayAsync(relay.Port, connections: 4);
        await world.AddSubscribersAsync(600);
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        Assert.Equal(600, (await world.UntilAsync(campaign, CampaignState.Done)).States[DeliveryState.Accepted]);
        Assert.Equal(600, relay.Taken);
        Assert.InRange(relay.TurnedAway, 1, 20);
        Assert.False(await world.Open().Alerts.AnyAsync(Ct), "a relay that works is not down");
    }

    [Fact]
    public void Who_is_turned_away_while_others_go_on_stands_back_and_is_tried_again_after_a_minute()
    {
        var clock = new Ticks();
        var seats = new RelaySeats(3, clock);
        Assert.True(seats.TryTake() && seats.TryTake() && seats.TryTake());
        seats.Begin();
        seats.Begin();
        var begun = seats.Begin();
        seats.End(talked: false);
        Assert.True(seats.TryStandBack(begun, answered: true));
        Assert.Equal(2, seats.Allowed);
        Assert.False(seats.TryTake());
        clock.Now += TimeSpan.TicksPerMinute;
        Assert.True(seats.TryTake());
        Assert.False(seats.TryTake());
    }

    [Fact]
    public void The_last_one_turned_away_says_that_the_relay_is_down()
    {
        var seats = new RelaySeats(2, new Ticks());
        Assert.True(seats.TryTake() && seats.TryTake());
        var (first, second) = (seats.Begin(), seats.Begin());
        seats.End(talked: false);
        Assert.True(seats.TryStandBack(first, answered: true));
        seats.End(talked: false);
        Assert.False(seats.TryStandBack(second, answered: true));
    }

    [Fact]
    public void Connections_that_hang_are_no_sign_that_the_relay_works()
    {
        var clock = new Ticks();
        var seats = new RelaySeats(2, clock);
        Assert.True(seats.TryTake() && seats.TryTake());
        seats.Begin();
        clock.Now += 2 * TimeSpan.TicksPerMinute;
        var begun = seats.Begin();
        seats.End(talked: false);
        Assert.False(seats.TryStandBack(begun, answered: true));
    }

    [Fact]
    public void A_relay_that_is_not_reached_is_down_unless_somebody_was_served_meanwhile()
    {
        var clock = new Ticks();
        var seats = new RelaySeats(3, clock);
        Assert.True(seats.TryTake() && seats.TryTake() && seats.TryTake());
        seats.Begin();
        var begun = seats.Begin();
        seats.End(talked: false);
        Assert.False(seats.TryStandBack(begun, answered: false));

        begun = seats.Begin();
        clock.Now++;
        seats.End(talked: true);
        seats.End(talked: false);
        Assert.True(seats.TryStandBack(begun, answered: false));
    }

    [Fact]
    public void While_a_relay_is_slow_one_seat_is_kept_for_system_mail()
    {
        var seats = new RelaySeats(2, new Ticks());
        Assert.True(seats.TryBeginBulk() && seats.TryBeginBulk()); // quick, for all anybody knows
        seats.EndBulk(TimeSpan.FromSeconds(2));
        Assert.False(seats.HasRoomForBulk);
        Assert.False(seats.TryBeginBulk());
        seats.EndBulk(TimeSpan.FromSeconds(2));
        Assert.True(seats.TryBeginBulk());
        Assert.False(seats.TryBeginBulk());
        seats.EndBulk(TimeSpan.FromSeconds(0.1)); // quick again
        Assert.True(seats.TryBeginBulk() && seats.TryBeginBulk());
    }

    [Fact]
    public void The_only_seat_is_not_kept()
    {
        var seats = new RelaySeats(1, new Ticks());
        Assert.True(seats.TryBeginBulk());
        seats.EndBulk(TimeSpan.FromSeconds(2));
        Assert.True(seats.TryBeginBulk());
    }

    private sealed class Ticks : TimeProvider
    {
        public long Now { get; set; } = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
