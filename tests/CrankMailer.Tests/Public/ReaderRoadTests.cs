using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Tokens;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Tests.Public;

public sealed class ReaderRoadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseEngine> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_reader_signs_up_confirms_chooses_leaves_and_comes_back(DatabaseEngine engine)
    {
        await using var site = await PublicSite.StartAsync(engine);
        using var sent = await site.SignUpAsync("ann@example.org", "Ann");
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Contains("ann@example.org", await sent.Content.ReadAsStringAsync(Ct));

        var confirm = $"/confirm/{await site.MailedTokenAsync("confirm")}";
        Assert.Contains("Yes, subscribe me", await site.GetTextAsync(confirm));
        using var confirmed = await site.PostAsync(confirm);
        Assert.Contains("You are subscribed", await confirmed.Content.ReadAsStringAsync(Ct));
        Assert.Contains("already subscribed", await site.GetTextAsync(confirm));

        var preferences = $"/preferences/{await site.MailedTokenAsync("welcome")}";
        Assert.Contains("a…@example.org", WebUtility.HtmlDecode(await site.GetTextAsync(preferences)));
        using var saved = await site.PostAsync(preferences, ("list", "monthly"), ("list", "events"), ("pause", "no"));
        Assert.Contains("Saved.", await saved.Content.ReadAsStringAsync(Ct));

        await using var db = site.Open();
        var person = await db.Subscribers.SingleAsync(Ct);
        var campaign = await db.Campaigns.OrderBy(c => c.Id).Select(c => c.Id).FirstAsync(Ct);
        var leave = $"/u/{await site.TokenAsync(TokenPurpose.Unsubscribe, new TokenIds(site.Publication.Id, person.Id, campaign))}";
        using var left = await site.PostAsync(leave, ("button", "page"));
        var page = await left.Content.ReadAsStringAsync(Ct);
        Assert.Contains("You are unsubscribed", page);
        Assert.Contains("Events", page); // still on, with "everything" offered
        Assert.Equal(SubscriptionState.Unsubscribed, await site.StateAsync(person));
        (await site.PostAsync(leave + "/undo")).Dispose();
        Assert.Equal(SubscriptionState.Active, await site.StateAsync(person));
        (await site.PostAsync(leave + "/all")).Dispose();
        Assert.All(await db.Subscriptions.AsNoTracking().ToListAsync(Ct), s => Assert.Equal(SubscriptionState.Unsubscribed, s.State));
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\ngarbled")]
    [InlineData("text/plain", "anything")]
    public async Task One_click_answers_200_without_cookie_or_redirect_however_it_is_posted(string type, string body) // R43
    {
        await using var site = await PublicSite.StartAsync();
        var person = await site.SubscribeAsync("ann@example.org");
        var path = $"/u/{await site.TokenAsync(TokenPurpose.Unsubscribe, new TokenIds(site.Publication.Id, person.Id))}";
        for (var i = 0; i < 2; i++)
        {
            using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            using var answer = await site.Client.PostAsync(path, content, Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
        Assert.Equal(SubscriptionState.Unsubscribed, await site.StateAsync(person));
    }

    [Fact]
    public async Task Scanners_that_only_look_change_nothing() // R44, R155
    {
        await using var site = await PublicSite.StartAsync();
        var person = await site.SubscribeAsync("ann@example.org");
        (await site.SignUpAsync("bob@example.org")).Dispose();
        string[] paths =
        [
            $"/u/{await site.TokenAsync(TokenPurpose.Unsubscribe, new TokenIds(site.Publication.Id, person.Id))}",
            $"/preferences/{await site.TokenAsync(TokenPurpose.Preferences, new TokenIds(site.Publication.Id, person.Id))}",
            $"/confirm/{await site.MailedTokenAsync("confirm")}",
        ];
        await using var db = site.Open();
        var before = await CountsAsync(db);
        foreach (var path in paths)
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Options, HttpMethod.Put, HttpMethod.Delete })
            {
                using var answer = await site.Client.SendAsync(new HttpRequestMessage(method, path), Ct);
                Assert.Equal(method == HttpMethod.Get || method == HttpMethod.Head ? HttpStatusCode.OK : HttpStatusCode.MethodNotAllowed, answer.StatusCode);
            }
        Assert.Equal(before, await CountsAsync(db));
        Assert.Equal(SubscriptionState.Active, await site.StateAsync(person));
    }

    [Fact]
    public async Task Known_and_unknown_addresses_get_the_same_page() // R162
    {
        await using var site = await PublicSite.StartAsync();
        await site.SubscribeAsync("ann@example.org");
        using var known = await site.SignUpAsync("ann@example.org");
        using var unknown = await site.SignUpAsync("bob@example.org");
        Assert.Equal(known.StatusCode, unknown.StatusCode);
        Assert.Equal(await known.Content.ReadAsStringAsync(Ct), (await unknown.Content.ReadAsStringAsync(Ct)).Replace("bob@", "ann@", StringComparison.Ordinal));
        using var knownLink = await site.PostAsync("/harbor-brief/link", ("email", "ann@example.org"), ("stamp", await site.StampAsync("/harbor-brief/link")));
        using var unknownLink = await site.PostAsync("/harbor-brief/link", ("email", "eve@example.org"), ("stamp", await site.StampAsync("/harbor-brief/link")));
        Assert.Equal(await knownLink.Content.ReadAsStringAsync(Ct), (await unknownLink.Content.ReadAsStringAsync(Ct)).Replace("eve@", "ann@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_with_a_mistake_comes_back_with_all_that_was_typed()
    {
        await using var site = await PublicSite.StartAsync();
        using var answer = await site.PostAsync("/harbor-brief/subscribe", ("email", "ann@@example"), ("name", "Ann \"the\" Reader"), ("list", "events"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Contains("value=\"ann@@example\" aria-invalid=\"true\" aria-describedby=\"email-error\"", page);
        Assert.Contains("id=\"email-error\"", page);
        Assert.Contains("value=\"Ann &quot;the&quot; Reader\"", page);
        Assert.Contains("value=\"events\" checked", page);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("{{ publication.name }}{%{ x }%}")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("Ann\r\nBcc: victim@example.net")]
    [InlineData("\0\u0001")]
    public async Task What_is_typed_is_never_markup_code_or_a_header(string evil)
    {
        await using var site = await PublicSite.StartAsync();
        using var answer = await site.PostAsync("/harbor-brief/subscribe", ("email", evil), ("name", evil), ("list", evil), ("stamp", evil), ("question", evil), ("answer", evil), ("website", evil));
        var page = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest); // a NUL is refused by the form reader already
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("<img", page);
        Assert.DoesNotContain("Harbor Brief{%", page);
        using var named = await site.SignUpAsync("ann@example.org", evil);
        await using var db = site.Open();
        foreach (var mail in await db.OutboxMails.ToListAsync(Ct))
        {
            Assert.DoesNotContain("victim", mail.Html + mail.Text + mail.Subject + mail.ToName); // the first mail repeats nothing that was typed
            Assert.DoesNotContain("alert(1)", mail.Html + mail.Text);
        }
    }

    [Fact]
    public async Task A_tripped_trap_shows_a_question_and_keeps_the_form()
    {
        await using var site = await PublicSite.StartAsync();
        using var answer = await site.PostAsync("/harbor-brief/subscribe", ("email", "ann@example.org"), ("list", "monthly"), ("website", "http://spam.example"));
        var page = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("name=\"email\" value=\"ann@example.org\"", page);
        Assert.Contains("name=\"list\" value=\"monthly\"", page);
    }

    [Fact]
    public async Task Oversized_bodies_are_refused_with_a_page()
    {
        await using var site = await PublicSite.StartAsync();
        using var answer = await site.PostAsync("/harbor-brief/subscribe", ("email", new string('a', 200_000)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        await using var db = site.Open();
        Assert.False(await db.Subscribers.AnyAsync(Ct));
    }

    [Theory]
    [InlineData("/u/aaaa")]
    [InlineData("/confirm/aaaa")]
    [InlineData("/preferences/aaaa")]
    [InlineData("/view/aaaa")]
    [InlineData("/no-such-publication")]
    [InlineData("/no-such-publication/feed.xml")]
    [InlineData("/harbor-brief/archive/2020-01")]
    public async Task What_is_not_there_is_a_friendly_404(string path)
    {
        await using var site = await PublicSite.StartAsync();
        using var answer = await site.Client.GetAsync(path, Ct);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is nothing here", await answer.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task Token_pages_leak_neither_by_cache_nor_by_referrer_and_run_no_script()
    {
        await using var site = await PublicSite.StartAsync();
        var person = await site.SubscribeAsync("ann@example.org");
        using var answer = await site.Client.GetAsync($"/preferences/{await site.TokenAsync(TokenPurpose.Preferences, new TokenIds(site.Publication.Id, person.Id))}", Ct);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.StartsWith("default-src 'none';", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("ann@example.org", await answer.Content.ReadAsStringAsync(Ct)); // a forwarded mail hands over nothing
    }

    private static async Task<(int, int, int, int)> CountsAsync(CrankDb db) =>
        (await db.ConsentEntries.CountAsync(Ct), await db.OutboxMails.CountAsync(Ct), await db.Subscriptions.CountAsync(s => s.State == SubscriptionState.Active, Ct), await db.OneTimeTokens.CountAsync(t => t.UsedAt != null, Ct));
}
