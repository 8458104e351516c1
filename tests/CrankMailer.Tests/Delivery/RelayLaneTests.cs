using CrankMailer.Delivery.Relays;
using CrankMailer.Model.Publications;
using CrankMailer.Tests.Mail;

namespace CrankMailer.Tests.Delivery;

public sealed class RelayLaneTests
{
    [Theory]
    [InlineData(2.0, 1, 500)]
    [InlineData(2.0, 4, 2000)]
    [InlineData(0.5, 1, 2000)]
    public async Task Messages_leave_in_even_steps_and_the_processes_share_the_rate(double rate, int processes, int step)
    {
        var clock = new SteppedClock();
        var lane = new RelayLane(new RelayRow { MessagesPerSecond = rate }, new PluggedRelay((_, _) => Task.FromResult(PluggedRelay.Taken)).Open(new RelayRow()), clock) { SharedBy = processes };
        var ct = TestContext.Current.CancellationToken;
        await lane.PaceAsync(ct);
        foreach (var waiting in Enumerable.Range(0, 3).Select(_ => lane.PaceAsync(ct)).ToList())
        {
            clock.Advance(TimeSpan.FromMilliseconds(step - 1));
            Assert.False(waiting.IsCompleted);
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await waiting.WaitAsync(TimeSpan.FromSeconds(10), ct);
        }

        // A pause saves up no burst.
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(lane.PaceAsync(ct).IsCompleted);
        Assert.False(lane.PaceAsync(ct).IsCompleted);
    }
}
