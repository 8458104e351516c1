using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Rendering;

namespace CrankMailer.Tests.Rendering;

public sealed class IssueRendererTests
{
    private static readonly string[] Everything = ["harbor-brief", "arabic", "hostile"];

    public static TheoryData<string> Golden => [.. Everything];

    [Theory]
    [MemberData(nameof(Golden))]
    public void Headings_start_with_one_h1_and_skip_no_level(string name)
    {
        var levels = Regex.Matches(Rendered.Of(name).Html, "<h([1-6])\\b").Select(m => int.Parse(m.Groups[1].Value)).ToList();
        Assert.Equal(1, levels.Count(l => l == 1));
        Assert.Equal(1, levels[0]);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, string.Join(',', levels)));
    }

    [Theory]
    [MemberData(nameof(Golden))]
    public void Mail_clients_get_only_what_they_understand(string name)
    {
        var html = Rendered.Of(name).Html;
        Assert.True(System.Text.Encoding.UTF8.GetByteCount(html) < 90 * 1024);
        Assert.All(Regex.Matches(html, "<table\\b[^>]*>"), t => Assert.Contains("role=", t.Value));
        Assert.All(Regex.Matches(html, "<img\\b[^>]*>"), i => Assert.Matches("\\balt=\"[^\"]*\".*\\bwidth=|\\bwidth=.*\\balt=\"", i.Value));
        Assert.DoesNotMatch("(?i)<(script|iframe|form|object|embed|link)\\b", html);
        Assert.DoesNotMatch("(?i)(src|href)=\"(http:|javascript:|data:)", html);
        Assert.DoesNotContain("<style", html[html.IndexOf("<body", StringComparison.Ordinal)..]);
        Assert.All(Regex.Matches(html, "<style[^>]*>(.*?)</style>", RegexOptions.Singleline), s => Assert.True(s.Length < 16 * 1024));
        Assert.Matches("<html[^>]*\\slang=", html);
        Assert.Contains("<meta name=\"color-scheme\" content=\"light dark\">", html);
        Assert.DoesNotMatch("<title>\\s*</title>", html);
    }

    [Fact]
    public void Personal_links_stand_open_in_both_parts_and_near_the_top()
    {
        var rendered = Rendered.Of("harbor-brief");
        foreach (var link in new[] { "links.unsubscribe", "links.preferences", "links.view_online" })
        {
            Assert.Contains($"href=\"{{{{ {link} }}}}\"", rendered.Html);
            Assert.Contains($"{{{{ {link} }}}}", rendered.Text);
        }
        Assert.True(rendered.Html.IndexOf("{{ links.unsubscribe }}", StringComparison.Ordinal) < rendered.Html.IndexOf("<h1", StringComparison.Ordinal));
        Assert.Contains("14 Lantern Quay\nPort Ellery 4410", rendered.Text);
    }

    [Fact]
    public void The_preheader_is_the_first_text_of_the_body()
    {
        var rendered = Rendered.Of("harbor-brief");
        var body = new HtmlParser().ParseDocument(rendered.Html).Body!;
        Assert.StartsWith(rendered.Preheader, body.TextContent.Trim());
        Assert.DoesNotContain("display:none", rendered.Html);
    }

    [Fact]
    public void A_sources_accessible_name_begins_with_its_words_and_tells_its_item()
    {
        var link = new HtmlParser().ParseDocument(Rendered.Of("harbor-brief").Html).QuerySelectorAll("a[aria-label]").First();
        Assert.Equal("Ellery Courier", link.TextContent);
        Assert.Equal("Ellery Courier: The ferry line between Ellery and…", link.GetAttribute("aria-label"));
    }

    [Fact]
    public void Foreign_titles_carry_their_language_and_direction()
    {
        var page = new HtmlParser().ParseDocument(Rendered.Of("harbor-brief").Html);
        Assert.Equal("Почему молчат порты", page.QuerySelector("[lang=ru]")!.TextContent);
        Assert.Equal("rtl", page.QuerySelector("[lang=ar]")!.GetAttribute("dir"));
    }

    [Fact]
    public void Links_are_numbered_in_order_and_know_item_and_publisher()
    {
        var links = Rendered.Of("harbor-brief").Links;
        Assert.Equal(Enumerable.Range(1, links.Count), links.Select(l => l.Number));
        Assert.Contains(links, l => l is { Url: "https://straitmonitor.example.test/treaty", ItemId: "k2", Publisher: null });
        Assert.Contains(links, l => l is { ItemId: "b3", Publisher: "Wire One" });
        Assert.DoesNotContain(links, l => l.Url.Contains("{{", StringComparison.Ordinal));
    }

    [Fact]
    public void Rewriting_touches_numbered_links_and_no_other()
    {
        var rendered = Rendered.Of("harbor-brief");
        var rewritten = Links.Rewrite(rendered.Html, (n, _) => $"https://news.example.test/c/t/{n}");
        Assert.Equal(rendered.Links.Count, Regex.Matches(rewritten, "href=\"https://news\\.example\\.test/c/t/\\d+\"").Count);
        Assert.Contains("href=\"{{ links.unsubscribe }}\"", rewritten);
        Assert.Contains("href=\"mailto:ada@quietharbors.example.test\"", rewritten);
    }

    [Fact]
    public void Source_without_address_is_printed_as_text()
    {
        var rendered = Rendered.Of("harbor-brief");
        Assert.Contains("(Pilots&#39; letter)", rendered.Html);
        Assert.Contains("(Pilots' letter)", rendered.Text);
    }

    [Fact]
    public void Theme_words_follow_the_issues_language()
    {
        var rendered = Rendered.Of(Rendered.Issue("harbor-brief") with { Lang = "de-AT" }, Rendered.Publication("harbor-brief"));
        Assert.Contains("Abbestellen", rendered.Html);
        Assert.Contains("Donnerstag, 2. Juli 2026", rendered.Text);
        Assert.Contains("<html lang=\"de-AT\"", rendered.Html);
    }

    [Fact]
    public void Corrections_are_shown_only_where_asked_for()
    {
        var issue = Rendered.Issue("harbor-brief") with
        {
            Errata = [new Erratum { At = new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero), Item = "k4", Text = "It was the other cable." }],
        };
        Assert.DoesNotContain("other cable", Rendered.Of(issue, Rendered.Publication("harbor-brief")).Html);
        var web = Rendered.Of(issue, Rendered.Publication("harbor-brief"), new RenderOptions { ShowErrata = true });
        Assert.Contains("Correction, July 1, 2026:</strong> It was the other cable.", web.Html);
        Assert.Contains("Correction, July 1, 2026: It was the other cable.", web.Text);
    }

    [Fact]
    public void A_picture_is_found_by_the_caller_or_reported()
    {
        var issue = new Issue { Image = new IssueImage { Src = "images/pier.jpg", Alt = "A pier" } };
        var lost = Rendered.Of(issue, Rendered.Publication("harbor-brief"));
        Assert.Equal("picture-not-found", Assert.Single(lost.Problems).Code);
        var options = new RenderOptions { Pictures = src => new Picture($"https://news.example.test/m/{src.Length}.jpg", 300) };
        Assert.Contains("src=\"https://news.example.test/m/15.jpg\"", Rendered.Of(issue, Rendered.Publication("harbor-brief"), options).Html);
        Assert.Contains("width=\"300\"", Rendered.Of(issue, Rendered.Publication("harbor-brief"), options).Html);
        var stored = Rendered.Of(new Issue { Image = new IssueImage { Src = "/m/ab.png", Alt = "x" } }, Rendered.Publication("harbor-brief"));
        Assert.Contains("src=\"https://news.example.test/m/ab.png\"", stored.Html);
    }

    [Fact]
    public void An_empty_issue_renders_and_its_inbox_line_is_not_empty()
    {
        var rendered = Rendered.Of(new Issue(), new Publication { Slug = "x", Name = "X", PublicUrl = "https://x.example.test" });
        Assert.Empty(rendered.Problems);
        Assert.Equal("X", rendered.Subject);
    }

    [Fact]
    public void A_publication_that_lives_nowhere_is_warned_of()
    {
        var publication = new Publication { Slug = "x", Name = "X" };
        Assert.Equal("no-public-url", Assert.Single(Rendered.Of(new Issue(), publication).Problems).Code);
        var local = Rendered.Of(new Issue(), publication, new RenderOptions { InstallationUrl = "http://localhost:5080" });
        Assert.Empty(local.Problems);
        Assert.Contains("href=\"http://localhost:5080/x/contact.vcf\"", local.Html);
    }

    [Fact]
    public void A_preheader_is_made_of_the_first_headlines_where_none_is_written()
    {
        var rendered = Rendered.Of(Rendered.Issue("harbor-brief") with { Preheader = null }, Rendered.Publication("harbor-brief"));
        Assert.Equal("The strait treaty is signed, with one page missing · A pier too long for its own maps · The cable that hums", rendered.Preheader);
    }

    [Fact]
    public void A_bad_link_is_told_beside_its_field_and_stands_as_text()
    {
        var issue = new Issue { Sections = [new StoriesSection { Stories = [new Story { Headline = "H", Url = "javascript:alert(1)", Body = "[x](ftp://a.test)" }] }] };
        var rendered = Rendered.Of(issue, Rendered.Publication("harbor-brief"));
        Assert.Equal(["sections[0].stories[0].url", "sections[0].stories[0].body"], rendered.Problems.Select(p => p.Item));
        Assert.All(rendered.Problems, p => Assert.Equal((Severity.Error, "unsafe-link"), (p.Severity, p.Code)));
        Assert.DoesNotContain("javascript:", rendered.Html);
    }

    [Theory]
    [InlineData("2024-05")]
    [InlineData("2024-11")]
    [InlineData("2025-08")]
    public void A_real_draft_becomes_a_mail(string draft)
    {
        var corpora = Environment.GetEnvironmentVariable("CRANKMAILER_CORPORA") ?? Path.Combine(Rendered.Templates, "..", "..", "shared", "corpora");
        var file = Path.Combine(corpora, "..", "drafts", $"{draft}.expected.json");
        if (!File.Exists(file)) Assert.Skip($"{file} is not here.");
        var issue = IssueJson.Read(File.ReadAllText(file));
        var rendered = Rendered.Of(issue, Rendered.Publication("harbor-brief"));
        Assert.Empty(rendered.Problems);
        var text = Flat(rendered.Text);
        foreach (var section in issue.Sections)
        {
            Assert.Contains(Flat(section.Heading ?? ""), text);
            foreach (var story in section is StoriesSection s ? s.Stories : []) Assert.Contains(Flat(story.Headline), text);
            foreach (var brief in section is BriefsSection b ? b.Items : []) Assert.Contains(Flat(brief.Text), text);
            foreach (var reading in section is ReadingsSection r ? r.Items : []) Assert.Contains(Flat(reading.Title), text);
        }
    }

    private static string Flat(string text) => Regex.Replace(text, @"\s+", " ").Trim();
}
