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

public sealed class ApproveTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_person_approves_what_an_editor_handed_in()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var ada = await site.OpenAsAsync("ada", Roles.Editor);
        using var cleo = await site.OpenAsAsync("cleo", Roles.Chief);
        await MakeAsync(site, A.Issue(), 1);

        await (await ada.GetAsync("/editor/1")).SubmitAsync("write", ("do", "submit"));
        Assert.Equal(IssueState.Review, await StateAsync(site));
        var page = await (await cleo.GetAsync("/editor/1/approve")).SubmitAsync("approve", ("note", "Fine."));

        Assert.Contains("Approved. It can be scheduled now.", page.Text);
        Assert.NotNull(page.Find("a[href='/ops/campaigns/new?issue=1']"));
        Assert.Equal(IssueState.Approved, await StateAsync(site));
    }

    [Theory, InlineData(Roles.Reader), InlineData(Roles.Editor), InlineData(Roles.Operator)]
    public async Task Only_chiefs_and_owners_see_the_button_and_a_forged_post_does_nothing(Roles roles)
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("eve", roles);
        await MakeAsync(site, A.Issue(), null);

        var page = await browser.GetAsync("/editor/1/approve");
        Assert.DoesNotContain("Approve what you see", page.Text);
        var hash = page.Find("code[title='SHA-256']")?.TextContent ?? "";
        var answer = await browser.PostAsync("/editor/1/approve", [("_handler", "approve"), ("__RequestVerificationToken", page.Value("__RequestVerificationToken") ?? ""), ("revision", "1"), ("hash", hash)]);

        Assert.False(answer.Status == HttpStatusCode.OK && answer.Text.Contains("Approved."));
        Assert.Equal(IssueState.Draft, await StateAsync(site));
    }

    [Fact]
    public async Task The_last_author_is_told_to_ask_somebody_else_or_is_told_that_one_may()
    {
        await using var two = await ConsoleSite.StartFilledAsync();
        using var cleo = await two.OpenAsAsync("cleo", Roles.Chief);
        await MakeAsync(two, A.Issue(), 1);
        Assert.Contains("A second person approves", (await cleo.GetAsync("/editor/1/approve")).Text);

        await using var one = await ConsoleSite.StartFilledAsync(onePersonMayApprove: true);
        using var alone = await one.OpenAsAsync("cleo", Roles.Chief);
        await MakeAsync(one, A.Issue(), 1);
        var page = await alone.GetAsync("/editor/1/approve");
        Assert.Contains("one person may approve", page.Text);
        Assert.Contains("Approved.", (await page.SubmitAsync("approve")).Text);
    }

    [Fact]
    public async Task An_edit_after_approval_makes_it_a_draft_and_says_so()
    {
        await using var site = await ConsoleSite.StartFilledAsync(onePersonMayApprove: true);
        using var cleo = await site.OpenAsAsync("cleo", Roles.Chief);
        await MakeAsync(site, A.Issue(), 1);
        await (await cleo.GetAsync("/editor/1/approve")).SubmitAsync("approve");

        var page = await (await cleo.GetAsync("/editor/1")).SubmitAsync("write", ("do", "save"), ("subject", "Other"));

        Assert.Contains("now it is a draft again", page.Text);
        Assert.Equal(IssueState.Draft, await StateAsync(site));
        Assert.Contains("Changed since the last approval", (await cleo.GetAsync("/editor/1/approve")).Text);
    }

    [Fact]
    public async Task A_reader_sees_but_cannot_write()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("rob", Roles.Reader);
        await MakeAsync(site, A.Issue(), null);

        var page = await browser.GetAsync("/editor/1");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        await page.SubmitAsync("write", ("do", "save"), ("subject", "Mine"));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/editor/new")).Status);

        Assert.Equal("Longest pier opens", await site.DoAsync(async s => (await s.GetRequiredService<IssueDesk>().FindAsync(1, Ct))?.Content.Subject));
    }

    [Theory, InlineData("desktop"), InlineData("phone"), InlineData("dark"), InlineData("no-images"), InlineData("text")]
    public async Task The_preview_shows_it_every_way_without_scripts(string way)
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("rob", Roles.Reader);
        await MakeAsync(site, A.Issue(A.Stories(A.Story("Pier opens", "For {{ subscriber.first_name }}."))), null);

        var page = await browser.GetAsync($"/editor/1/preview?way={way}");
        Assert.Contains("Longest pier opens", page.Text);
        if (page.Find("iframe.mail") is not { } frame)
        {
            Assert.Equal("text", way);
            Assert.Contains("For Robin.", page.Text);
            return;
        }
        Assert.DoesNotContain("allow-scripts", frame.GetAttribute("sandbox"));
        var mail = await browser.GetAsync(frame.GetAttribute("src") ?? "");
        Assert.Contains("For Robin.", mail.Text);
        Assert.DoesNotContain("script-src", mail.Header("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", mail.Header("Content-Security-Policy"));
        Assert.Equal(way == "no-images", !mail.Header("Content-Security-Policy")!.Contains("img-src"));
    }

    [Fact]
    public async Task A_test_mail_is_queued_with_nothing_personal_left_open()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("ada", Roles.Editor);
        await MakeAsync(site, A.Issue(), null);

        var page = await (await browser.GetAsync("/editor/1/preview")).SubmitAsync("test", ("addresses", "ada@harbor.example"));

        Assert.Contains("One test mail is on its way", page.Text);
        var mail = await site.DoAsync(s => s.GetRequiredService<CrankDb>().OutboxMails.SingleAsync(Ct));
        Assert.Equal("[Test] Longest pier opens", mail.Subject);
        Assert.DoesNotContain("{{", mail.Html + mail.Text);
        Assert.True(mail.Capture);
    }

    [Fact]
    public async Task History_shows_what_changed_and_restores()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("ada", Roles.Editor);
        await MakeAsync(site, A.Issue(), null);
        await (await browser.GetAsync("/editor/1")).SubmitAsync("write", ("do", "save"), ("subject", "Other line"));

        var page = await browser.GetAsync("/editor/1/history?show=2");
        Assert.Contains("Longest pier opens", page.Find("del")?.TextContent);
        Assert.Contains("Other line", page.Find("ins")?.TextContent);
        await (await browser.GetAsync("/editor/1/history?show=1")).SubmitAsync("restore");

        Assert.Equal("Longest pier opens", await site.DoAsync(async s => (await s.GetRequiredService<IssueDesk>().FindAsync(1, Ct))?.Content.Subject));
    }

    private static Task<bool> MakeAsync(ConsoleSite site, Issue issue, int? author) => site.DoAsync(async services =>
    {
        var publication = await services.GetRequiredService<CrankDb>().Publications.SingleAsync(Ct);
        return await services.GetRequiredService<IssueDesk>().CreateAsync(publication, issue, "new", author, Ct) is DeskResult.Done;
    });

    private static Task<IssueState> StateAsync(ConsoleSite site) => site.DoAsync(s => s.GetRequiredService<CrankDb>().Issues.Select(i => i.State).SingleAsync(Ct));
}
