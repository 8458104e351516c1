using System.Net;
using CrankMailer.Authoring.Workflow;
using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;
using CrankMailer.Tests.Authoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Console;

public sealed class WriteTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_issue_begins_with_empty_sections_and_is_filled_by_plain_forms()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("ada", Roles.Editor);

        var page = await (await browser.GetAsync("/editor/new")).SubmitAsync("new", ("period", "2031-06"));
        Assert.Equal("/editor/1", page.Path);
        page = await page.SubmitAsync("write", ("do", "add-item sections[0]"), ("subject", "Pier opens"));
        Assert.Equal("Pier opens", page.Value("subject"));
        Assert.Equal("phones show", page.Find("#f-subject")?.GetAttribute("data-count-shown"));
        page = await page.SubmitAsync("write", ("do", "save"), ("sections[0].stories[0].headline", "It is \"long\" & <wide>"), ("sections[0].stories[0].body", "One.\r\n\r\nTwo."));
        page = await page.SubmitAsync("write", ("do", "add-section button"));
        page = await page.SubmitAsync("write", ("do", "save"), ("sections[2].label", "Read on"), ("sections[2].url", "https://harbor.example/"));

        var issue = await NewestAsync(site);
        Assert.Equal("Pier opens", issue.Subject);
        var story = Assert.Single(Assert.IsType<StoriesSection>(issue.Sections[0]).Stories);
        Assert.Equal(("It is \"long\" & <wide>", "One.\n\nTwo."), (story.Headline, story.Body));
        Assert.Equal("Read on", Assert.IsType<ButtonSection>(issue.Sections[2]).Label);
    }

    [Fact]
    public async Task Items_and_sections_move_and_go_and_keep_their_ids()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("ada", Roles.Editor);
        await MakeAsync(site, A.Issue(A.Stories(A.Story("One", "1", "aaaa"), A.Story("Two", "2", "bbbb"), A.Story("Three", "3", "cccc")), A.Briefs(A.Brief("Brief", "dddd"))));

        var page = await (await browser.GetAsync("/editor/1")).SubmitAsync("write", ("do", "down sections[0].stories[0]"));
        page = await page.SubmitAsync("write", ("do", "remove sections[0].stories[2]"));
        await page.SubmitAsync("write", ("do", "up sections[1]"));

        var issue = await NewestAsync(site);
        Assert.IsType<BriefsSection>(issue.Sections[0]);
        Assert.Equal(["bbbb", "aaaa"], Assert.IsType<StoriesSection>(issue.Sections[1]).Stories.Select(s => s.Id));
    }

    [Fact]
    public async Task The_order_of_the_form_is_the_order_of_the_issue()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("ada", Roles.Editor);
        await MakeAsync(site, A.Issue(A.Stories(A.Story("One", "1"), A.Story("Two", "2")), A.Briefs(A.Brief("Brief"))));
        var page = await browser.GetAsync("/editor/1");

        // As a drag leaves it: the same field names in another order, and one move on top.
        await page.SubmitAsync("write", [("order", "sections[1]"), ("order", "sections[1].items[0]"), ("order", "sections[0]"), ("order", "sections[0].stories[1]"), ("order", "sections[0].stories[0]"), ("do", "save"), ("sections[0].stories[1].headline", "Two, changed")]);

        var issue = await NewestAsync(site);
        Assert.IsType<BriefsSection>(issue.Sections[0]);
        Assert.Equal(["Two, changed", "One"], Assert.IsType<StoriesSection>(issue.Sections[1]).Stories.Select(s => s.Headline));
    }

    [Fact]
    public async Task What_the_form_does_not_show_survives_a_save()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("ada", Roles.Editor);
        await MakeAsync(site, IssueJson.Read("""{"title":"T","period":"2031-06","subject":"S","mood":"calm","sections":[{"kind":"dance","heading":"H","steps":[1,2]},{"kind":"prose","heading":"P","body":"B","colour":"red"}]}"""));
        var before = IssueJson.Write(await NewestAsync(site));

        await (await browser.GetAsync("/editor/1")).SubmitAsync("write", ("do", "save"), ("subject", "New"));

        Assert.Equal(before.Replace("\"subject\": \"S\"", "\"subject\": \"New\""), IssueJson.Write(await NewestAsync(site)));
    }

    [Fact]
    public async Task A_stale_save_shows_both_and_lets_the_writer_choose()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var ada = await site.OpenAsAsync("ada", Roles.Editor);
        using var ben = await site.OpenAsAsync("ben", Roles.Editor);
        await MakeAsync(site, A.Issue());
        var adas = await ada.GetAsync("/editor/1");
        await (await ben.GetAsync("/editor/1")).SubmitAsync("write", ("do", "save"), ("subject", "Ben's line"));

        var page = await adas.SubmitAsync("write", ("do", "save"), ("subject", "Ada's line"));

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("ben saved this issue while you were writing", page.Text);
        Assert.Contains("Ben's line", page.Text);
        Assert.Equal("Ada's line", page.Value("subject"));
        Assert.Equal("Ben's line", (await NewestAsync(site)).Subject);
        await page.SubmitAsync("write", ("do", "keep-mine"));
        Assert.Equal("Ada's line", (await NewestAsync(site)).Subject);
    }

    [Fact]
    public async Task A_wrong_field_is_told_beside_it_and_the_rest_comes_back_as_typed()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("ada", Roles.Editor);
        await MakeAsync(site, A.Issue());

        var page = await (await browser.GetAsync("/editor/1")).SubmitAsync("write", ("do", "save"), ("period", "June"), ("subject", "Typed"), ("slug", "Not a slug"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.NotNull(page.Find("#f-period-error"));
        Assert.Equal(("June", "Typed"), (page.Value("period"), page.Value("subject")));

        page = await page.SubmitAsync("write", ("do", "save"), ("period", "2031-07"));
        Assert.NotNull(page.Find("#f-slug-error"));
        await page.SubmitAsync("write", ("do", "save"), ("slug", "july"));
        var issue = await NewestAsync(site);
        Assert.Equal(("2031-07", "Typed", "july"), (issue.Period, issue.Subject, issue.Slug));
    }

    [Fact]
    public async Task The_whole_issue_can_be_edited_as_markdown_with_errors_by_line()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("ada", Roles.Editor);
        await MakeAsync(site, A.Issue());
        var page = await browser.GetAsync("/editor/1/source");
        var text = page.Value("source") ?? "";

        var broken = await page.SubmitAsync("source", ("source", text.Replace("title:", "title: [", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, broken.Status);
        Assert.Matches("line \\d+, column \\d+", broken.Text);
        Assert.Contains("title: [", broken.Value("source"));

        await page.SubmitAsync("source", ("source", text.Replace("Pier opens", "Pier closes", StringComparison.Ordinal)));
        Assert.Equal("Pier closes", Assert.IsType<StoriesSection>((await NewestAsync(site)).Sections[0]).Stories[0].Headline);
    }

    [Fact]
    public async Task A_draft_is_shown_as_understood_before_it_becomes_an_issue()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("ada", Roles.Editor);
        const string draft = "# Harbor Brief | June 2031\n\n## June 2031 Highlights\n\n### Pier opens\n\nIt is long.\n";

        var shown = await (await browser.GetAsync("/editor/new")).SubmitAsync("draft", ("draft", draft));
        Assert.Contains("This is what was understood", shown.Text);
        Assert.Contains("June 2031 Highlights", shown.Text);
        Assert.Contains("No issue yet", (await browser.GetAsync("/editor")).Text);
        var made = await shown.SubmitAsync("take");

        Assert.Equal("/editor/1", made.Path);
        Assert.Equal("2031-06", (await NewestAsync(site)).Period);
    }

    [Fact]
    public async Task Export_gives_the_file_that_reads_back_as_the_same_issue()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("ada", Roles.Reader);
        await MakeAsync(site, A.Issue());

        foreach (var ending in new[] { "md", "json" })
        {
            var file = await browser.GetAsync($"/editor/1/export.{ending}");
            var (issue, problems) = CrankMailer.Authoring.IssueFile.Read(file.Body, "file");
            Assert.Empty(problems);
            Assert.Equal(IssueJson.Write(await NewestAsync(site)), IssueJson.Write(issue!));
        }
    }

    [Fact]
    public async Task Autosave_goes_on_from_what_it_saved_and_never_voids_an_approval()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("ada", Roles.Editor);
        await MakeAsync(site, A.Issue());
        var page = await browser.GetAsync("/editor/1");
        (string, string)[] fields = [("__RequestVerificationToken", page.Value("__RequestVerificationToken") ?? ""), ("shape", "1"), ("order", "sections[0]"), ("order", "sections[0].stories[0]"), ("sections[0].stories[0].headline", "Typed on"), ("subject", "S"), ("title", "T"), ("period", "2031-06")];

        Assert.Contains("\"revision\":2", (await browser.PostAsync("/editor/1/autosave", [.. fields, ("revision", "1")])).Body);
        Assert.Contains("\"by\":\"ada\"", (await browser.PostAsync("/editor/1/autosave", [.. fields.Where(f => f.Item1 != "subject"), ("subject", "Other"), ("revision", "1")])).Body);
        await site.DoAsync(s => s.GetRequiredService<CrankDb>().Issues.ExecuteUpdateAsync(u => u.SetProperty(i => i.State, IssueState.Approved), Ct));
        Assert.Contains("\"saved\":false", (await browser.PostAsync("/editor/1/autosave", [.. fields.Where(f => f.Item1 != "subject"), ("subject", "Other"), ("revision", "2")])).Body);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/editor/1/autosave", [.. fields.Skip(1), ("revision", "2")])).Status);
    }

    private static Task<bool> MakeAsync(ConsoleSite site, Issue issue) => site.DoAsync(async services =>
    {
        var publication = await services.GetRequiredService<CrankDb>().Publications.SingleAsync(Ct);
        return await services.GetRequiredService<IssueDesk>().CreateAsync(publication, issue, "new", null, Ct) is DeskResult.Done;
    });

    private static Task<Issue> NewestAsync(ConsoleSite site) => site.DoAsync(async services => (await services.GetRequiredService<IssueDesk>().FindAsync(1, Ct))!.Content);
}
