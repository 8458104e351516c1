using CrankMailer.Model;
using CrankMailer.Model.Operations;
using CrankMailer.Tests.Databases;

namespace CrankMailer.Tests.Jobs;

public sealed class MarkLostRunsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_run_whose_process_ended_fails_with_a_reason_and_one_that_lives_goes_on(DatabaseEngine engine)
    {
        await using var place = await JobPlace.CreateAsync(engine);
        var lost = await place.AddRunAsync(JobOutcome.Running, "gone:1");
        var unwritten = await place.AddRunAsync(JobOutcome.Running);
        var lives = await place.AddRunAsync(JobOutcome.Running, "there:1");
        place.Clock.Advance(TimeSpan.FromMinutes(2));
        var young = await place.AddRunAsync(JobOutcome.Running, "new:1");
        await using (var db = place.Open())
        {
            db.Nodes.Add(new Node { Name = "there:1", Role = "worker", StartedAt = place.Clock.Instant(), SeenAt = place.Clock.Instant() });
            await db.SaveChangesAsync(Ct);
        }
        await place.MarkLostAsync();

        var run = await place.RunAsync(lost);
        Assert.Equal((JobOutcome.Failed, place.Clock.Instant()), (run.Outcome, run.EndedAt));
        Assert.Contains("process", run.Error);
        Assert.Equal(JobOutcome.Failed, (await place.RunAsync(unwritten)).Outcome);
        Assert.Equal(JobOutcome.Running, (await place.RunAsync(lives)).Outcome);
        Assert.Equal(JobOutcome.Running, (await place.RunAsync(young)).Outcome);
    }
}
