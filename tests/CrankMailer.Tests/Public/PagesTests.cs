using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Tokens;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Tests.Public;

public sealed class PagesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "Harbor Brief")]
    [InlineData("/harbor-brief", "June &quot;quoted&quot;")]
    [InlineData("/harbor-brief/subscribe", "Which")]
    [InlineData("/harbor-brief/archive", "May &amp; &lt;b&gt;more&lt;/b&gt;")]
    [InlineData("/harbor-brief/link", "Send me the link")]
    public async Task Every_page_is_there_and_escapes_what_it_shows(string path, string shown)
    {
        await using var site = await PublicSite.StartAsync();
        var page = await site.GetTextAsync(path);
        Assert.Contains(shown == "Which" ? "What would you like to get?" : shown, page);
        Assert.DoesNotContain("{{", page);
        Assert.DoesNotContain("<script", page);
    }

    [Fact]
    public async Task Lists_are_never_ticked_for_the_reader() // R160
    {
        await using var site = await PublicSite.StartAsync();
        var page = await site.GetTextAsync("/harbor-brief/subscribe");
        Assert.Contains("value=\"monthly\"", page);
        Assert.DoesNotContain(" checked", page);
        Assert.DoesNotContain("staff", page);
    }

    [Theory]
    [InlineData("de-AT,de;q=0.9,en;q=0.5", "de", "Abonnieren")]
    [InlineData("xx,en;q=0.5", "en", "Subscribe")]
    [InlineData("", "en", "Subscribe")]
    public async Task A_page_speaks_the_readers_language(string accept, string lang, string word)
    {
        await using var site = await PublicSite.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/harbor-brief/subscribe");
        if (accept.Length > 0) request.Headers.TryAddWithoutValidation("Accept-Language", accept);
        using var answer = await site.Client.SendAsync(request, Ct);
        var page = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Contains($"<html lang=\"{lang}\">", page);
        Assert.Contains(word, page);
    }

    [Fact]
    public async Task English_and_German_have_the_same_words()
    {
        var folder = Path.Combine(Required.Solution, "templates", "pages", "strings");
        var keys = Directory.EnumerateFiles(folder, "*.yaml").Select(f => File.ReadLines(f).Where(l => l.Contains(": \"", StringComparison.Ordinal)).Select(l => l.Split(':')[0]).ToList()).ToList();
        Assert.True(keys.Count >= 2);
        Assert.All(keys, k => Assert.Equal(keys[0], k));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task On_its_own_host_a_publication_has_no_slug()
    {
        await using var site = await PublicSite.StartAsync();
        foreach (var path in new[] { "/", "/archive", "/archive/2026-06", "/feed.xml", "/subscribe", "/brand.css", "/contact.vcf", "/sitemap.xml" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = "news.example.test";
            using var answer = await site.Client.SendAsync(request, Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var body = await answer.Content.ReadAsStringAsync(Ct);
            Assert.DoesNotContain("href=\"/harbor-brief", body);
        }
    }

    [Fact]
    public async Task A_past_issue_is_the_mail_without_anything_personal() // R131
    {
        await using var site = await PublicSite.StartAsync();
        using var answer = await site.Client.GetAsync("/harbor-brief/archive/2026-06", Ct);
        var page = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Contains("Dear reader at ", page);
        Assert.DoesNotContain("{{", page);
        Assert.DoesNotContain("nsubscribe", page);
        Assert.Contains("id=\"k7f2\"", page);
        Assert.Contains("property=\"og:title\" content=\"June &quot;quoted&quot;\"", page);
        Assert.Contains("https://news.example.test/archive/2026-06", page);
        Assert.False(answer.Headers.Contains("X-Robots-Tag"));
    }

    [Fact]
    public async Task View_online_shows_the_same_without_the_delivery_and_asks_not_to_be_indexed()
    {
        await using var site = await PublicSite.StartAsync();
        await using var db = site.Open();
        var campaign = await db.Campaigns.OrderBy(c => c.Id).Select(c => c.Id).FirstAsync(Ct);
        using var answer = await site.Client.GetAsync($"/view/{await site.TokenAsync(TokenPurpose.ViewOnline, new TokenIds(campaign, 99_999))}", Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("noindex", answer.Headers.GetValues("X-Robots-Tag").Single());
        Assert.Contains("Dear reader", await answer.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task The_Atom_feed_has_ids_dates_and_absolute_addresses_and_answers_304()
    {
        await using var site = await PublicSite.StartAsync();
        using var answer = await site.Client.GetAsync("/harbor-brief/feed.xml", Ct);
        Assert.Equal("application/atom+xml", answer.Content.Headers.ContentType?.MediaType);
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var feed = XDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).Root!;
        Assert.Equal(["June \"quoted\"", "May & <b>more</b>"], feed.Elements(atom + "entry").Select(e => e.Element(atom + "title")!.Value));
        Assert.All(feed.Descendants(atom + "link"), l => Assert.StartsWith("https://news.example.test", l.Attribute("href")!.Value));
        Assert.All(feed.Elements(atom + "entry"), e => Assert.NotNull(e.Element(atom + "updated")));
        Assert.DoesNotContain("{{", feed.Value);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/harbor-brief/feed.xml");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await site.Client.SendAsync(again, Ct);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task The_JSON_feed_is_JSON_Feed()
    {
        await using var site = await PublicSite.StartAsync();
        using var feed = JsonDocument.Parse(await site.GetTextAsync("/harbor-brief/feed.json"));
        Assert.Equal("https://jsonfeed.org/version/1.1", feed.RootElement.GetProperty("version").GetString());
        Assert.Equal(2, feed.RootElement.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_picture_is_served_for_ever_by_its_content()
    {
        await using var site = await PublicSite.StartAsync();
        var hash = new string('a', 64);
        await using (var db = site.Open())
        {
            db.Pictures.Add(new Picture { Sha256 = hash, Extension = "png", Width = 1, Height = 1, Bytes = [1, 2, 3], CreatedAt = DateTimeOffset.UnixEpoch });
            await db.SaveChangesAsync(Ct);
        }
        using var answer = await site.Client.GetAsync($"/m/{hash}.png", Ct);
        Assert.Equal([1, 2, 3], await answer.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(("image/png", "nosniff"), (answer.Content.Headers.ContentType?.MediaType, answer.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Contains("immutable", answer.Headers.CacheControl?.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await site.Client.GetAsync($"/m/{hash}.gif", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Client.GetAsync("/m/..%2f..%2fetc%2fpasswd", Ct)).StatusCode);
    }

    [Theory]
    [InlineData("#ffff00")]
    [InlineData("#000000")]
    [InlineData("red; } body { display: none")]
    [InlineData(null)]
    public void An_accent_can_always_be_read_and_is_never_code(string? setting)
    {
        var css = CrankMailer.Public.Accent.Css(setting);
        Assert.Matches(@"^\n:root \{ --accent: #[0-9a-f]{6}; \}\n@media \(prefers-color-scheme: dark\) \{ :root \{ --accent: #[0-9a-f]{6}; \} \}\n$", css);
        Assert.DoesNotContain("#ffff00; }\n@", css);
    }

    [Fact]
    public async Task Robots_are_kept_from_tokens_and_shown_the_sitemap()
    {
        await using var site = await PublicSite.StartAsync();
        var text = await site.GetTextAsync("/robots.txt");
        Assert.Contains("Disallow: /u/", text);
        Assert.Contains("Sitemap: https://news.example.test/sitemap.xml", text);
    }
}
