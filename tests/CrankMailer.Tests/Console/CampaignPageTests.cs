using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Operations;
using CrankMailer.Model.Publications;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Console;

public sealed class CampaignPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_relay_that_is_down_is_told_with_its_fault_its_time_and_the_next_try()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("olga", Roles.Operator);
        await site.DoAsync(async services =>
        {
            var db = services.GetRequiredService<CrankDb>();
            var now = new DateTimeOffset(2026, 6, 15, 9, 0, 0, TimeSpan.Zero);
            db.Add(new IssueRow { PublicationId = 1, Slug = "2026-06", State = IssueState.Published, Revision = 1, CreatedAt = now, UpdatedAt = now });
            db.Add(new RelayRow { Name = "main", Host = "relay.example.test", Port = 587 });
            await db.SaveChangesAsync(Ct);
            db.Add(new Campaign { PublicationId = 1, IssueId = 1, Name = "June", State = CampaignState.Running, TimeZone = "Europe/Vienna", CreatedAt = now, StartedAt = now });
            db.Add(new Alert
            {
                At = now, Severity = Severity.Error, Kind = "relay-down",
                Text = "Relay “main” (relay.example.test:587) cannot be used: it cannot be reached: Connection refused. Next try: 2026-06-15 09:10:00 UTC.",
            });
            db.Add(new Alert { At = now, Severity = Severity.Error, Kind = "relay-down", Text = "Relay “another” (other.example.test:25) cannot be used: it is not of this campaign." });
            return await db.SaveChangesAsync(Ct);
        });

        var page = await browser.GetAsync("/ops/campaigns/1");
        var told = page.Find("[data-troubles]")?.TextContent ?? "";
        Assert.Contains("Relay “main” (relay.example.test:587) cannot be used: it cannot be reached: Connection refused.", told);
        Assert.Contains("Next try: 2026-06-15 09:10:00 UTC.", told);
        Assert.Contains("since Monday 15 June 2026, 11:00 (Europe/Vienna)", told);
        Assert.DoesNotContain("another", told);
    }
}
