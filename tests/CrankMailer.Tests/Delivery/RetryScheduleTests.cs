using CrankMailer.Delivery;
using CrankMailer.Delivery.Pump;
using Microsoft.Extensions.Options;

namespace CrankMailer.Tests.Delivery;

public sealed class RetryScheduleTests
{
    private readonly RetrySchedule _schedule = new(Options.Create(new DeliveryOptions()));

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 30)]
    [InlineData(3, 60)]
    [InlineData(9, 240)]
    public void It_waits_longer_and_longer_with_jitter_but_never_less(int attempts, int minutes) => AssertAbout(minutes, _schedule.After(attempts));

    [Theory]
    [InlineData(1, 20, 20)]
    [InlineData(2, 20, 30)] // R81: not sooner than half an hour, whatever a server offers
    [InlineData(3, 240, 240)]
    public void A_server_may_ask_for_more_time_but_not_for_less(int attempts, int asked, int minutes) => AssertAbout(minutes, _schedule.After(attempts, TimeSpan.FromMinutes(asked)));

    [Fact]
    public void The_horizon_ends_it_asked_or_not()
    {
        Assert.Null(_schedule.After(100));
        Assert.Null(_schedule.After(100, TimeSpan.FromHours(4)));
    }

    private static void AssertAbout(int minutes, TimeSpan? wait) => Assert.InRange(wait!.Value.TotalMinutes, minutes, minutes * 1.25);
}
