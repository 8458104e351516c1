using System.Globalization;
using System.Net;
using CrankMailer.Mail.Dkim;
using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Console;

public sealed class SetUpTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_one_time_link_leads_from_an_empty_database_to_a_publication_that_can_send()
    {
        await using var site = await ConsoleSite.StartAsync();
        using var browser = site.Open();
        var link = await site.SetUpLinkAsync() ?? "";

        var page = await (await browser.GetAsync(link)).SubmitAsync("owner", ("name", "Ada Quill"), ("email", "ada@harbor.example"), ("password", ConsoleSite.Password));
        Assert.Equal("/setup/publication", page.Path);
        page = await page.SubmitAsync("publication", ("name", "Harbor Brief"), ("public_url", "https://news.harbor.example/"), ("sender.email", "news@harbor.example"), ("organisation.postal_address", "1 Quay Street\r\nOstrava-on-Sea"), ("time_zone", "Europe/Paris"));
        Assert.Equal("/setup/relay", page.Path);
        Assert.Contains("needed before the first sending", (await browser.GetAsync("/setup/publication")).Find("label[for='f-public_url']")?.TextContent);
        await using var deaf = Tests.Delivery.ScriptedRelay.Start(); // speaks without TLS
        page = await page.SubmitAsync("relay", ("host", "127.0.0.1"), ("port", deaf.Port.ToString(CultureInfo.InvariantCulture)), ("security", "Required"), ("user", "ada"), ("password", "s3cret words"));
        Assert.Equal(("/setup/relay", HttpStatusCode.UnprocessableEntity), (page.Path, page.Status));
        Assert.Contains("offers no STARTTLS", page.Find(".notice.bad")?.TextContent);
        Assert.DoesNotContain("s3cret", page.Body);
        page = await page.SubmitAsync("relay", ("do", "anyway"));
        Assert.Equal("/setup/done", page.Path);
        Assert.Contains("crank1._domainkey.harbor.example", page.Text);

        await site.DoAsync(async services =>
        {
            var db = services.GetRequiredService<CrankDb>();
            var secrets = services.GetRequiredService<PublicationSecrets>();
            var publication = await db.Publications.SingleAsync(Ct);
            Assert.Equal(("harbor-brief", true, "https://news.harbor.example"), (publication.Slug, publication.OnePersonMayApprove, publication.Document.PublicUrl));
            Assert.Equal(["1 Quay Street", "Ostrava-on-Sea"], publication.Document.Organisation.PostalAddress);
            Assert.InRange(publication.FeedbackSenderId.Length, 5, 15);
            Assert.Equal("harbor-brief", (await db.Lists.SingleAsync(Ct)).Slug);
            var key = await db.DkimKeys.SingleAsync(Ct);
            Assert.Equal(key.DnsRecord, DkimKey.FromPem(secrets.UnwrapKey(key)).DnsRecord);
            var relay = await db.Relays.SingleAsync(r => !r.Captures, Ct); // the host catches mail here, by a relay of its own
            Assert.Equal("s3cret words", secrets.UnwrapPassword(relay));
            return true;
        });
    }

    [Fact]
    public async Task A_relay_that_works_is_saved_at_once_and_one_that_went_away_is_told_when_tried_again()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var owner = await site.OpenAsAsync("ada", Roles.Owner | Roles.Operator);
        var relay = Tests.Delivery.ScriptedRelay.Start();
        var page = await (await owner.GetAsync("/setup/relay")).SubmitAsync("relay", ("host", "127.0.0.1"), ("port", relay.Port.ToString(CultureInfo.InvariantCulture)), ("security", "None"));
        Assert.Equal("/setup/done", page.Path);
        Assert.Contains("The relay works", page.Text);
        Assert.Empty(relay.Mails);

        var id = await site.DoAsync(s => s.GetRequiredService<CrankDb>().Relays.Where(r => !r.Captures).Select(r => r.Id).SingleAsync(Ct));
        Assert.Contains("127.0.0.1 works", (await (await owner.GetAsync("/settings/relays")).SubmitAsync($"try-{id}")).Text);
        await relay.DisposeAsync();
        Assert.Contains("cannot be used now", (await (await owner.GetAsync("/settings/relays")).SubmitAsync($"try-{id}")).Find(".notice.bad")?.TextContent);
    }

    [Fact]
    public async Task Wrong_fields_are_told_beside_them_and_nothing_typed_is_lost()
    {
        await using var site = await ConsoleSite.StartAsync();
        using var browser = site.Open();
        var link = await site.SetUpLinkAsync() ?? "";
        var form = await browser.GetAsync(link);

        var page = await form.SubmitAsync("owner", ("name", "Ada"), ("email", "no address"), ("password", "short"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.NotNull(page.Find("#f-email-error"));
        Assert.NotNull(page.Find("#f-password-error"));
        Assert.Equal(("Ada", "no address"), (page.Value("name"), page.Value("email")));
        page = await page.SubmitAsync("owner", ("name", "Ada"), ("email", "ada@harbor.example"), ("password", ConsoleSite.Password));
        page = await page.SubmitAsync("publication", ("name", "Harbor Brief"), ("slug", "editor"), ("public_url", "news.harbor.example"), ("sender.email", "news@harbor.example"), ("time_zone", "Nowhere/Land"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        foreach (var field in new[] { "slug", "public_url", "time_zone", "organisation-postal_address" }) Assert.NotNull(page.Find($"#f-{field}-error"));
        Assert.Equal("Harbor Brief", page.Value("name"));
    }

    [Fact]
    public async Task The_link_makes_one_account_only()
    {
        await using var site = await ConsoleSite.StartAsync();
        var link = await site.SetUpLinkAsync() ?? "";
        using var first = site.Open();
        using var second = site.Open();
        var late = await second.GetAsync(link);
        await (await first.GetAsync(link)).SubmitAsync("owner", ("name", "Ada"), ("email", "ada@harbor.example"), ("password", ConsoleSite.Password));

        var page = await late.SubmitAsync("owner", ("name", "Eve"), ("email", "eve@harbor.example"), ("password", ConsoleSite.Password));

        Assert.NotEqual("/setup/publication", page.Path);
        Assert.Equal(1, await site.DoAsync(services => services.GetRequiredService<CrankDb>().Users.CountAsync(Ct)));
        Assert.Null(await site.SetUpLinkAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await second.GetAsync("/setup/0123456789abcdefghijklmnop")).Status);
    }
}
