using System.Net;
using CrankMailer.Authoring.Workflow;
using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using CrankMailer.Model.Issues;
using CrankMailer.Tests.Authoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Console;

public sealed class ErrataTests
{
    private const string Wrong = "The strait is twelve miles wide, not two.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_correction_shows_on_the_web_and_in_the_feed_and_the_edition_stays_as_it_was()
    {
        await using var site = await ConsoleSite.StartFilledAsync(onePersonMayApprove: true);
        using var cleo = await site.OpenAsAsync("cleo", Roles.Chief);
        using var reader = site.Open();
        await MakeAsync(site);
        await (await cleo.GetAsync("/editor/1/approve")).SubmitAsync("approve");
        Assert.Contains("Readers do not have this issue", (await cleo.GetAsync("/editor/1/errata")).Text);
        var (slug, html) = await PublishAsync(site);

        var page = await (await cleo.GetAsync("/editor/1/errata")).SubmitAsync("correct", ("text", Wrong));

        Assert.Contains("The correction is published.", page.Text);
        Assert.Contains(Wrong, (await reader.GetAsync($"/harbor-brief/archive/{slug}")).Text);
        Assert.Contains(Wrong, (await reader.GetAsync("/harbor-brief/feed.xml")).Body);
        Assert.Equal(html, await EditionAsync(site));

        await page.SubmitAsync("remove-0");
        Assert.DoesNotContain(Wrong, (await reader.GetAsync($"/harbor-brief/archive/{slug}")).Text);
    }

    [Fact]
    public async Task Only_who_approves_corrects()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var ada = await site.OpenAsAsync("ada", Roles.Editor);
        await MakeAsync(site);

        Assert.Equal(HttpStatusCode.Forbidden, (await ada.GetAsync("/editor/1/errata")).Status);
    }

    private static Task<DeskResult> MakeAsync(ConsoleSite site) => site.DoAsync(async services => await services.GetRequiredService<IssueDesk>().CreateAsync(
        await services.GetRequiredService<CrankDb>().Publications.SingleAsync(Ct), A.Issue(), "test", null, Ct));

    private static Task<(string Slug, string Html)> PublishAsync(ConsoleSite site) => site.DoAsync(async services =>
    {
        var db = services.GetRequiredService<CrankDb>();
        var now = services.GetRequiredService<TimeProvider>().Instant();
        await db.Issues.ExecuteUpdateAsync(s => s.SetProperty(i => i.State, IssueState.Published).SetProperty(i => i.PublishedAt, now), Ct);
        return (await db.Issues.Select(i => i.Slug).SingleAsync(Ct), await db.Editions.Select(e => e.Html).SingleAsync(Ct));
    });

    private static Task<string> EditionAsync(ConsoleSite site) => site.DoAsync(s => s.GetRequiredService<CrankDb>().Editions.Select(e => e.Html).SingleAsync(Ct));
}
