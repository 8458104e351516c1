using CrankMailer.Delivery.Pump;
using CrankMailer.Model.Ledger;

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
                await queue.WaitAsync(stop.Token);
                if (Random.Shared.Next(10) == 0) queue.GiveBack(); // a lane whose turn it is not
                else if (queue.Take(() => true) is not null) Interlocked.Increment(ref taken);
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

    [Fact]
    public async Task System_mail_that_comes_while_a_worker_waits_for_its_turn_is_taken_first_and_bulk_only_where_it_may_be()
    {
        using var queue = new WorkQueue();
        var campaign = new RunningCampaign(new CampaignRow(1, 1, false, true, DateTimeOffset.UnixEpoch), 0, DateTimeOffset.UnixEpoch);
        queue.Add(new MailWork.Bulk(Claimed(1), campaign));
        await queue.WaitAsync(Ct);
        queue.Add(new MailWork.System(new OutboxMail { Id = 7 }));
        Assert.Equal(7, Assert.IsType<MailWork.System>(queue.Take(() => false)).Mail.Id);
        await queue.WaitAsync(Ct);
        Assert.Null(queue.Take(() => false));
        queue.GiveBack();
        await queue.WaitAsync(Ct);
        Assert.IsType<MailWork.Bulk>(queue.Take(() => true));
        Assert.False(queue.WaitAsync(Ct).IsCompleted);
    }

    private static ClaimedDelivery Claimed(long id) => new(1, 1, id, id, 1, "ada@example.org", "other", 0, null, null, null, "{}");
}
