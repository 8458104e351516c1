using System.Net;
using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using CrankMailer.Model.Audience;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Console;

public sealed class AudienceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/audience", true), InlineData("/audience/people", true), InlineData("/audience/suppression", true)]
    [InlineData("/audience/new-list", false), InlineData("/audience/import", false), InlineData("/audience/suppression/new", false)]
    [InlineData("/ops/audit", false)]
    public async Task A_reader_looks_and_an_operator_changes(string path, bool readerMay)
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var rob = await site.OpenAsAsync("rob", Roles.Reader);
        using var otto = await site.OpenAsAsync("otto", Roles.Operator);
        using var nobody = site.Open();

        Assert.Equal(readerMay ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await rob.GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.OK, (await otto.GetAsync(path)).Status);
        Assert.StartsWith("/sign-in", (await nobody.GetAsync(path)).Path);
    }

    [Fact]
    public async Task A_reader_sees_no_button_that_changes_anything()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        await AudienceSeed.PersonAsync(site, "ann@example.org", SubscriptionState.Active);
        using var rob = await site.OpenAsAsync("rob", Roles.Reader);

        foreach (var path in new[] { "/audience", "/audience/people", "/audience/suppression", "/audience/people/1" })
        {
            var page = await rob.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Null(page.Find("main a[href^='/audience/new'], main a[href^='/audience/lists'], main a[href^='/audience/import'], main a[href^='/audience/export'], main a[href^='/audience/suppression/']"));
        }
    }

    [Fact]
    public async Task A_list_is_made_renamed_archived_and_brought_back()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var otto = await site.OpenAsAsync("otto", Roles.Operator);
        Assert.Contains("No list yet", (await otto.GetAsync("/audience")).Text);

        var page = await (await otto.GetAsync("/audience/new-list")).SubmitAsync("list", ("name", "Monthly letter"), ("description", "Once a month"));
        Assert.Equal("/audience", page.Path);
        Assert.Contains("Monthly letter", page.Find("table")?.TextContent);
        Assert.NotNull(page.Find("a[href='/harbor-brief/subscribe']"));
        Assert.NotNull(page.Find("a[href='/audience/people?list=monthly-letter']"));

        page = await (await otto.GetAsync("/audience/lists/monthly-letter")).SubmitAsync("list", ("name", "The monthly"));
        Assert.Contains("The monthly", page.Find("table")?.TextContent);

        page = await (await otto.GetAsync("/audience/lists/monthly-letter?ask=archive")).SubmitAsync("archive");
        Assert.Contains("Archived", page.Find("table")?.TextContent);
        Assert.NotNull(await ArchivedAsync(site));

        await (await otto.GetAsync("/audience/lists/monthly-letter")).SubmitAsync("archive");
        Assert.Null(await ArchivedAsync(site));
    }

    [Fact]
    public async Task A_list_without_a_name_is_refused_beside_the_field()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var otto = await site.OpenAsAsync("otto", Roles.Operator);

        var page = await (await otto.GetAsync("/audience/new-list")).SubmitAsync("list", ("name", "  "), ("description", "Kept as typed"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("Give the list a name", page.Find("#f-name-error")?.TextContent);
        Assert.Equal("Kept as typed", page.Value("description"));
        Assert.Equal(0, await site.DoAsync(s => s.GetRequiredService<CrankDb>().Lists.CountAsync(Ct)));
    }

    [Fact]
    public async Task People_are_found_by_part_list_and_state_page_by_page()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        for (var i = 0; i < 60; i++) await AudienceSeed.PersonAsync(site, $"reader{i}@example.org", i % 2 == 0 ? SubscriptionState.Active : SubscriptionState.Unsubscribed);
        using var rob = await site.OpenAsAsync("rob", Roles.Reader);

        var first = await rob.GetAsync("/audience/people");
        var next = first.Find("a[rel='next']")?.GetAttribute("href") ?? "";
        Assert.Contains("reader59@", first.Text);
        Assert.DoesNotContain("reader9@", first.Text);
        Assert.Contains("reader9@", (await rob.GetAsync(next)).Text);

        var left = await first.SubmitAsync("find", ("q", "READER5"), ("list", "monthly"), ("state", "Unsubscribed"));
        Assert.DoesNotContain("READER5", left.Path, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("reader5@", left.Text);
        Assert.DoesNotContain("reader50@", left.Text);
        Assert.Equal(6, left.Text.Split("reader5").Length - 1);
        Assert.Contains("Nobody found", (await first.SubmitAsync("find", ("q", "<script>"))).Text);
    }

    [Fact]
    public async Task The_number_of_a_state_leads_to_just_those_people()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        await AudienceSeed.PersonAsync(site, "ann@example.org", SubscriptionState.Active);
        await AudienceSeed.PersonAsync(site, "ben@example.org", SubscriptionState.Pending);
        using var rob = await site.OpenAsAsync("rob", Roles.Reader);

        var link = (await rob.GetAsync("/audience")).Find("td.num a[href$='state=Pending']")?.GetAttribute("href") ?? "";
        Assert.Equal("/audience/people?list=monthly&state=Pending", link);
        var found = (await rob.GetAsync(link)).Find("table")?.TextContent;
        Assert.Contains("ben@", found);
        Assert.DoesNotContain("ann@", found);
    }

    [Fact]
    public async Task A_persons_page_shows_lists_consent_and_the_way_to_the_deliveries()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        var id = await AudienceSeed.PersonAsync(site, "ann+x@example.org", SubscriptionState.Active);
        using var rob = await site.OpenAsAsync("rob", Roles.Reader);

        var page = await rob.GetAsync($"/audience/people/{id}");

        Assert.Contains("Monthly", page.Text);
        Assert.Contains("form:harbor-brief", page.Text);
        var why = page.Find("a[href^='/ops/search?find=']")?.GetAttribute("href") ?? "";
        Assert.Equal("ann+x@example.org", (await rob.GetAsync(why)).Value("q"));
        Assert.Equal(HttpStatusCode.NotFound, (await rob.GetAsync("/audience/people/999")).Status);
    }

    [Fact]
    public async Task An_address_is_suppressed_found_and_lifted()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        var id = await AudienceSeed.PersonAsync(site, "ann@example.org", SubscriptionState.Active);
        using var otto = await site.OpenAsAsync("otto", Roles.Operator);

        var page = await (await otto.GetAsync("/audience/suppression/new")).SubmitAsync("suppress", ("address", "Ann@Example.org"), ("note", "Asked by phone"));
        Assert.Equal("/audience/suppression", page.Path);
        Assert.Contains("Asked by phone", page.Find("table")?.TextContent);
        Assert.DoesNotContain("ann@example.org", page.Text);
        Assert.Contains("Suppressed", (await (await otto.GetAsync("/audience/people")).SubmitAsync("find", ("q", "ann"))).Find("table")?.TextContent);
        Assert.Contains("no mail goes to this address", (await otto.GetAsync($"/audience/people/{id}")).Text);

        page = await page.SubmitAsync("look-up", ("address", "ANN@example.org"));
        Assert.Contains("is suppressed", page.Text);
        var lift = page.Find("main .notice a")?.GetAttribute("href") ?? "";
        Assert.Contains("May this address be mailed again?", (await otto.GetAsync(lift)).Text);
        Assert.Equal(1, await LivingAsync(site));

        await (await otto.GetAsync(lift)).SubmitAsync("lift");
        Assert.Equal(0, await LivingAsync(site));
        page = await (await otto.GetAsync("/audience/suppression")).SubmitAsync("look-up", ("address", "ann@example.org"));
        Assert.Contains("is not suppressed", page.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await otto.GetAsync(lift)).Status);
    }

    [Fact]
    public async Task Half_an_address_cannot_be_suppressed()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var otto = await site.OpenAsAsync("otto", Roles.Operator);

        var page = await (await otto.GetAsync("/audience/suppression/new")).SubmitAsync("suppress", ("address", "example.org"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("has no @", page.Find("#f-address-error")?.TextContent);
        Assert.Equal(0, await LivingAsync(site));
    }

    [Fact]
    public async Task An_export_has_everybody_and_no_formula()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        await AudienceSeed.PersonAsync(site, "ann@example.org", SubscriptionState.Active, name: "=HYPERLINK(1)");
        await AudienceSeed.PersonAsync(site, "ben@example.org", SubscriptionState.Unsubscribed);
        using var otto = await site.OpenAsAsync("otto", Roles.Operator);

        var csv = (await ExportAsync(otto, "csv", "")).Body;
        Assert.Contains("ann@example.org,'=HYPERLINK(1)", csv);
        Assert.Contains("ben@example.org", csv);
        Assert.Equal(2, (await ExportAsync(otto, "jsonl", "monthly")).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(HttpStatusCode.NotFound, (await ExportAsync(otto, "csv", "nowhere")).Status);
    }

    [Fact]
    public async Task Every_export_is_audited_and_no_reader_exports()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        await AudienceSeed.PersonAsync(site, "ann@example.org", SubscriptionState.Active);
        using var otto = await site.OpenAsAsync("otto", Roles.Operator);
        using var rob = await site.OpenAsAsync("rob", Roles.Reader);

        await ExportAsync(otto, "csv", "monthly");
        Assert.Equal(HttpStatusCode.Forbidden, (await ExportAsync(rob, "csv", "monthly")).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await otto.GetAsync("/audience/export.csv")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await otto.PostAsync("/audience/export.csv", [("list", "monthly")])).Status);

        var line = Assert.Single(await site.DoAsync(s => s.GetRequiredService<CrankDb>().AuditEntries.Where(e => e.Action == "subscribers.exported").ToListAsync(Ct)));
        Assert.Equal(("list:monthly", "csv"), (line.Subject, line.Detail));
        var audit = await otto.GetAsync("/ops/audit");
        Assert.Contains("Subscribers exported list:monthly otto", audit.Text, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<Page> ExportAsync(Browser browser, string ending, string list)
    {
        var token = (await browser.GetAsync("/audience/people")).Value("__RequestVerificationToken") ?? "";
        return await browser.PostAsync($"/audience/export.{ending}", [("__RequestVerificationToken", token), ("list", list)]);
    }

    private static Task<DateTimeOffset?> ArchivedAsync(ConsoleSite site) => site.DoAsync(s => s.GetRequiredService<CrankDb>().Lists.Select(l => l.ArchivedAt).SingleAsync(Ct));

    private static Task<int> LivingAsync(ConsoleSite site) => site.DoAsync(s => s.GetRequiredService<CrankDb>().Suppressions.CountAsync(x => x.LiftedAt == null, Ct));
}
