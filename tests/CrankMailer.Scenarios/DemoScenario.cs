using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using CrankMailer.Mail.Mime;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Ledger;
using CrankMailer.Tests;
using CrankMailer.Tests.Console;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Scenarios;

public sealed partial class DemoScenario(DemoPlace demo) : IClassFixture<DemoPlace>
{
    private const int VerifiedMails = 3;

    /// <summary>Runs the linter on every file of a folder in one interpreter: starting one for each message takes longer than all the rest.</summary>
    private const string LintAll =
        """
        import os, runpy, sys
        tool, folder = sys.argv[1:]
        bad = 0
        for name in sorted(os.listdir(folder)):
            sys.argv = [tool, os.path.join(folder, name)]
            try:
                runpy.run_path(tool, run_name='__main__')
            except SystemExit as end:
                if end.code:
                    bad += 1
                    print('in', name)
        sys.exit(1 if bad else 0)
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_link_on_the_terminal_signs_in_by_its_button_and_the_november_issue_can_be_approved()
    {
        var link = (await demo.Process.LineAsync(@"editor-in-chief:\s+(http://localhost:\d+)(/sign-in/\S+)")).Groups[2].Value;
        using var browser = new Browser(new Uri(demo.Root));
        var button = await browser.GetAsync(link);
        Assert.Equal((HttpStatusCode.OK, link), (button.Status, button.Path));
        Assert.StartsWith("/sign-in?", (await browser.GetAsync("/editor")).Path); // looking at the link did not sign in
        Assert.Equal("/editor", (await button.SubmitAsync("sign-in-by-link")).Path);

        await using var db = demo.Open();
        var november = await db.Issues.AsNoTracking().SingleAsync(i => i.Slug == "2026-11", Ct);
        Assert.Equal(IssueState.Review, november.State);
        var page = await browser.GetAsync($"/editor/{november.Id}/approve");
        Assert.Contains("one person may approve", page.Text);
        Assert.Contains("Approved.", (await page.SubmitAsync("approve")).Text);
        Assert.Equal(IssueState.Approved, await db.Issues.Where(i => i.Id == november.Id).Select(i => i.State).SingleAsync(Ct));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/outbox")).Status);
    }

    [Fact]
    public async Task A_campaign_reaches_exactly_its_audience_and_every_mail_is_caught()
    {
        var (campaign, wanted) = await demo.CampaignAsync();
        var rows = await Ledger.BalancedRowsAsync(demo.Open, campaign);
        Assert.Equal([DeliveryState.Captured], rows.Keys);

        Assert.InRange(wanted.Count, DemoPlace.Readers / 2, DemoPlace.Readers - 1);
        var mails = await MailsAsync();
        Assert.Equal(wanted.Order(StringComparer.Ordinal), mails.Select(m => m.To).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_caught_mail_keeps_the_rules_and_its_signature_verifies()
    {
        await demo.CampaignAsync();
        var folder = Directory.CreateTempSubdirectory("crankmails").FullName;
        try
        {
            var mails = await MailsAsync();
            var messages = Directory.CreateDirectory(Path.Combine(folder, "mails")).FullName;
            for (var i = 0; i < mails.Count; i++) await File.WriteAllBytesAsync(Path.Combine(messages, $"{i:d4}.eml"), mails[i].Octets, Ct);
            var lint = await RunAsync("python3", "-c", LintAll, Required.Tool("lint_eml.py"), messages);
            Assert.True(lint.Exit == 0, lint.Out + lint.Err);

            var keys = Directory.CreateDirectory(Path.Combine(folder, "keys")).FullName;
            await using var db = demo.Open();
            foreach (var key in await db.DkimKeys.AsNoTracking().Where(k => k.Active).ToListAsync(Ct))
                await File.WriteAllTextAsync(Path.Combine(keys, $"{key.Selector}._domainkey.{key.Domain}"), key.DnsRecord, Ct);
            foreach (var message in Directory.GetFiles(messages).Order(StringComparer.Ordinal).Take(VerifiedMails))
            {
                var verified = await RunAsync("bash", Required.Tool("verify_dkim.sh"), message, keys);
                if (verified.Err.Contains("No module named", StringComparison.Ordinal)) Required.Missing("python3-dkim");
                Assert.True(verified.Exit == 0, verified.Out + verified.Err);
            }
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public async Task The_header_names_the_https_address_and_the_body_leads_to_the_demonstration()
    {
        await demo.CampaignAsync();
        foreach (var (to, octets) in await MailsAsync())
        {
            var mail = MimeMessage.Parse(octets);
            Assert.Matches(@"^<https://news\.sundry-tides\.example/u/[a-z2-7]+>$", mail.Headers.Find("List-Unsubscribe"));
            Assert.Equal("List-Unsubscribe=One-Click", mail.Headers.Find("List-Unsubscribe-Post"));
            Assert.Contains($"\"{demo.Root}/u/", mail.HtmlBody);
            Assert.Contains($"{demo.Root}/u/", mail.TextBody);
            Assert.DoesNotContain("{{", mail.HtmlBody + mail.TextBody);
            Assert.DoesNotContain("https://news.sundry-tides.example", mail.HtmlBody);
            Assert.DoesNotContain(to, mail.HtmlBody); // links must not carry the address
        }
    }

    [Fact]
    public async Task One_click_ends_the_subscription_for_good_and_looking_does_not()
    {
        var (campaign, _) = await demo.CampaignAsync();
        var (to, octets) = (await MailsAsync())[0];
        var path = OneClick().Match(MimeMessage.Parse(octets).Headers.Find("List-Unsubscribe") ?? "").Groups[1].Value;
        using var provider = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(demo.Root) };
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var look = await provider.SendAsync(new HttpRequestMessage(method, path), Ct);
            Assert.Equal(HttpStatusCode.OK, look.StatusCode);
            Assert.Equal(SubscriptionState.Active, (await SubscriptionAsync(to)).State);
        }

        for (var i = 0; i < 2; i++)
        {
            using var answer = await provider.PostAsync(path, new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]), Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            var left = await SubscriptionAsync(to);
            Assert.Equal((SubscriptionState.Unsubscribed, (int?)campaign), (left.State, left.EndedByCampaignId));
        }
    }

    [Fact]
    public async Task A_reader_signs_up_gets_a_mail_and_is_in_only_after_the_button()
    {
        const string Address = "new.reader@quay.example";
        using var browser = new Browser(new Uri(demo.Root));
        var form = await browser.GetAsync($"/{DemoPlace.Publication}/subscribe");
        var sent = await browser.PostAsync($"/{DemoPlace.Publication}/subscribe",
            [("email", Address), ("name", "New Reader"), ("list", DemoPlace.MonthlyList), ("website", ""), ("stamp", form.Value("stamp") ?? "")]);
        Assert.True(sent.Status == HttpStatusCode.OK && sent.Text.Contains(Address, StringComparison.Ordinal), sent.Text);
        var mail = await demo.MailToAsync(Address);
        var confirm = Regex.Match(mail.TextBody ?? "", Regex.Escape(demo.Root) + @"(/confirm/\S+)").Groups[1].Value;

        Assert.Contains("Yes, subscribe me", (await browser.GetAsync(confirm)).Text);
        Assert.Equal(SubscriptionState.Pending, (await SubscriptionAsync(Address)).State);
        Assert.Contains("You are subscribed", (await browser.PostAsync(confirm, [])).Text);
        Assert.Equal(SubscriptionState.Active, (await SubscriptionAsync(Address)).State);
    }

    private async Task<List<(string To, byte[] Octets)>> MailsAsync()
    {
        await using var db = demo.Open();
        var subject = await db.Issues.Where(i => i.Slug == "2026-10").Join(db.Editions, i => i.EditionId, e => e.Id, (_, e) => e.Subject).SingleAsync(Ct);
        return await demo.CaughtAsync(subject);
    }

    private async Task<Subscription> SubscriptionAsync(string address)
    {
        await using var db = demo.Open();
        return await db.Subscriptions.AsNoTracking().SingleAsync(
            s => db.Subscribers.Any(p => p.Id == s.SubscriberId && p.NormalizedEmail == address) && db.Lists.Any(l => l.Id == s.ListId && l.Slug == DemoPlace.MonthlyList), Ct);
    }

    private static async Task<Ran> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{program} did not start.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        return new Ran(process.ExitCode, await output, await error);
    }

    [GeneratedRegex(@"https://[^/>]+(/u/[a-z2-7]+)>")]
    private static partial Regex OneClick();
}
