using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using CrankMailer.Model.Audience;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Console;

public sealed class AudienceImportTests
{
    private const string Rows = "email,name\nann@example.org,Ann\nno address,Nobody\nben@example.org,Ben\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dry_run_writes_nothing_and_says_which_line_is_rejected_and_the_run_writes()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        await AudienceSeed.ListAsync(site);
        using var otto = await site.OpenAsAsync("otto", Roles.Operator);

        var (status, path, _) = await UploadAsync(site, otto, Encoding.UTF8.GetBytes(Rows), "readers.csv");
        Assert.Equal(HttpStatusCode.OK, status);
        var tried = await otto.GetAsync(path);
        Assert.Contains("Import 2 people?", tried.Text);
        Assert.Equal("3", tried.Find("tbody td.num")?.TextContent);
        Assert.Contains("no @", tried.Find("tbody")?.TextContent);
        Assert.Equal(0, await PeopleAsync(site));

        var done = await tried.SubmitAsync("run");
        Assert.Contains("2 added", done.Text);
        Assert.Equal(path, done.Path);
        Assert.Equal(2, await PeopleAsync(site));
        Assert.Contains("sign-up sheet", await site.DoAsync(s => s.GetRequiredService<CrankDb>().ConsentEntries.Select(c => c.Source + " " + c.Note).FirstAsync(Ct)));

        // A second click on the same button, from a page that was still open.
        await tried.SubmitAsync("run");
        Assert.Equal(2, await PeopleAsync(site));
    }

    [Fact]
    public async Task Json_lines_are_taken_too()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        await AudienceSeed.ListAsync(site);
        using var otto = await site.OpenAsAsync("otto", Roles.Operator);

        var (_, path, _) = await UploadAsync(site, otto, Encoding.UTF8.GetBytes("{\"email\":\"ann@example.org\"}\n{\"email\":\n"), "readers.jsonl");
        await (await otto.GetAsync(path)).SubmitAsync("run");

        Assert.Equal(1, await PeopleAsync(site));
    }

    [Fact]
    public async Task A_file_thrown_away_is_gone()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        await AudienceSeed.ListAsync(site);
        using var otto = await site.OpenAsAsync("otto", Roles.Operator);
        var (_, path, _) = await UploadAsync(site, otto, Encoding.UTF8.GetBytes(Rows), "readers.csv");

        await (await otto.GetAsync(path)).SubmitAsync("drop");

        Assert.Equal(HttpStatusCode.NotFound, (await otto.GetAsync(path)).Status);
        Assert.Equal(0, await PeopleAsync(site));
    }

    [Fact]
    public async Task What_is_missing_is_said_beside_its_field()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        await AudienceSeed.ListAsync(site);
        using var otto = await site.OpenAsAsync("otto", Roles.Operator);

        var (status, _, body) = await UploadAsync(site, otto, [1], "readers.xlsx", list: null, source: "", date: "soon");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        var page = await new HtmlParser().ParseDocumentAsync(body, Ct);
        foreach (var field in new[] { "file", "list", "source", "date" }) Assert.NotNull(page.QuerySelector($"#f-{field}-error"));
        Assert.Equal(0, await PeopleAsync(site));
    }

    [Fact]
    public async Task A_date_to_come_is_no_consent()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        await AudienceSeed.ListAsync(site);
        using var otto = await site.OpenAsAsync("otto", Roles.Operator);

        var (status, _, body) = await UploadAsync(site, otto, Encoding.UTF8.GetBytes(Rows), "readers.csv", date: "2999-01-01");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("future", body);
    }

    [Fact]
    public async Task A_file_larger_than_other_forms_may_be_is_taken()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        await AudienceSeed.ListAsync(site);
        using var otto = await site.OpenAsAsync("otto", Roles.Operator);
        var large = new StringBuilder("email,story\nann@example.org,short\n");
        while (large.Length < 6 * 1024 * 1024) large.Append("nobody,").Append('x', 60_000).Append('\n');

        var (status, path, _) = await UploadAsync(site, otto, Encoding.UTF8.GetBytes(large.ToString()), "readers.csv");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Import 1 person?", (await otto.GetAsync(path)).Text);
    }

    [Theory, InlineData("/audience/import/..%2F..%2Fcrankmailer"), InlineData("/audience/import/0123456789abcdef0123456789abcdef"), InlineData("/audience/import/x")]
    public async Task An_id_that_was_never_given_out_opens_nothing(string path)
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var otto = await site.OpenAsAsync("otto", Roles.Operator);

        Assert.Equal(HttpStatusCode.NotFound, (await otto.GetAsync(path)).Status);
    }

    private static Task<int> PeopleAsync(ConsoleSite site) => site.DoAsync(s => s.GetRequiredService<CrankDb>().Subscriptions.CountAsync(x => x.State == SubscriptionState.Active, Ct));

    private static async Task<(HttpStatusCode Status, string Path, string Body)> UploadAsync(
        ConsoleSite site, Browser browser, byte[] file, string name, string? list = "monthly", string source = "sign-up sheet", string date = "2026-03-01")
    {
        var page = await browser.GetAsync("/audience/import");
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = browser.Cookies }) { BaseAddress = site.Root };
        using var form = new MultipartFormDataContent
        {
            { new StringContent("import"), "_handler" }, { new StringContent(page.Value("__RequestVerificationToken") ?? ""), "__RequestVerificationToken" },
            { new ByteArrayContent(file), "file", name }, { new StringContent(source), "source" }, { new StringContent(date), "date" },
        };
        if (list is not null) form.Add(new StringContent(list), "list");
        using var answer = await http.PostAsync("/audience/import", form, Ct);
        return (answer.StatusCode, answer.RequestMessage?.RequestUri?.PathAndQuery ?? "", await answer.Content.ReadAsStringAsync(Ct));
    }
}
