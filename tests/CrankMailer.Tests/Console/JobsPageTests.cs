using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using CrankMailer.Model.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Console;

public sealed class JobsPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_that_runs_no_jobs_shows_what_others_ran()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("olga", Roles.Operator);
        await site.DoAsync(async services =>
        {
            var db = services.GetRequiredService<CrankDb>();
            var at = new DateTimeOffset(2026, 6, 15, 9, 0, 0, TimeSpan.Zero);
            db.Add(new JobRun { Job = "StartDueCampaigns", Node = "left", StartedAt = at, EndedAt = at.AddSeconds(1), Outcome = JobOutcome.Failed, Error = "The database was asleep." });
            return await db.SaveChangesAsync(Ct);
        });
        var page = await browser.GetAsync("/ops/jobs");
        Assert.Contains("The database was asleep.", page.Body);
    }
}
