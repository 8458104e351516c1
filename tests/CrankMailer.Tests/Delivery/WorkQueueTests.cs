using CrankMailer.Delivery.Pump;

namespace CrankMailer.Tests.Delivery;

public sealed class WorkQueueTests
{
    private const int Items = 200_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_while_others_look_through_the_queue()
    {
        using var queue = new WorkQueue();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var campaign = new RunningCampaign(new CampaignRow(1, 1, false, true, DateTimeOffset.UnixEpoch), 0, DateTimeOffset.UnixEpoch);
        var taken = 0;
        var takers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                await queue.TakeAsync(stop.Token);
                Interlocked.Increment(ref taken);
            }
        }, Ct)).ToList();
        var done = 0;
        var looking = Task.Run(() =>
        {
            // A look that takes out every seventh, as the watch does with the work of a paused campaign.
            while (Volatile.Read(ref done) == 0) Interlocked.Add(ref taken, queue.TakeOut(work => work.Delivery.Id % 7 == 0).Count);
        }, Ct);
        for (var n = 1; n <= Items; n++) queue.Add(new MailWork.Bulk(Claimed(n), campaign));
        await Eventually.HoldsAsync(() => Volatile.Read(ref taken) == Items, "every item to be taken or taken out");
        Volatile.Write(ref done, 1);
        await looking;
        Assert.Equal(0, queue.BulkCount);

        queue.Add(new MailWork.Bulk(Claimed(1), campaign));
        await Eventually.HoldsAsync(() => Volatile.Read(ref taken) == Items + 1, "one more to be taken");
        await stop.CancelAsync();
        foreach (var taker in takers) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taker);
    }

    private static ClaimedDelivery Claimed(long id) => new(1, 1, id, id, 1, "ada@example.org", "other", 0, null, null, null, "{}");
}
