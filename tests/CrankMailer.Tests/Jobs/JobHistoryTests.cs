using CrankMailer.Model;
using CrankMailer.Model.Operations;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Tests.Jobs;

public sealed class JobHistoryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Two_clicks_are_one_retry(DatabaseEngine engine)
    {
        await using var place = await JobPlace.CreateAsync(engine);
        var run = await place.AddRunAsync(JobOutcome.Dead);
        var clicks = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            await using var db = place.Open();
            return await place.History(db).RetryAsync(run, null, Ct);
        }, Ct)));

        Assert.Single(clicks, done => done);
        Assert.Equal(["StartDueCampaigns campaign:7"], place.Scheduler.Enqueued);
        Assert.Equal(JobOutcome.Retried, (await place.RunAsync(run)).Outcome);
        await using (var db = place.Open())
        {
            Assert.False(await place.History(db).RetryAsync(run, null, Ct));
            Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.Action == "job.retried", Ct));
        }
        Assert.Single(place.Scheduler.Enqueued);
    }

    [Fact]
    public async Task A_retry_the_scheduler_did_not_take_can_be_asked_for_again()
    {
        await using var place = await JobPlace.CreateAsync(DatabaseEngine.Sqlite);
        var run = await place.AddRunAsync(JobOutcome.Failed);
        place.Scheduler.Fails = true;
        await using var db = place.Open();
        await Assert.ThrowsAsync<InvalidOperationException>(() => place.History(db).RetryAsync(run, null, Ct));
        Assert.Equal(JobOutcome.Failed, (await place.RunAsync(run)).Outcome);
        place.Scheduler.Fails = false;
        Assert.True(await place.History(db).RetryAsync(run, null, Ct));
    }
}
