using System.Text;
using CrankMailer.Authoring;
using CrankMailer.Authoring.Drafts;
using CrankMailer.Authoring.Markdown;
using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Tests.Authoring;

public sealed class HostileDraftTests
{
    public static TheoryData<string, string> Drafts => new()
    {
        { "a.html", string.Concat(Enumerable.Repeat("<div>", 50_000)) + "deep" },
        { "a.html", string.Concat(Enumerable.Repeat("<b><a href=https://x.example>", 5_000)) + "deep" },
        { "a.md", new string('>', 50_000) + " deep" },
        { "a.md", string.Concat(Enumerable.Repeat("[", 50_000)) },
        { "a.md", string.Concat(Enumerable.Repeat("- ", 5_000)) + "x" },
        { "a.md", "---\nmasthead: " + new string('[', 20_000) + "\n---\n" },
        { "a.md", "---\ntitle: x\n---\n" + new string('>', 50_000) + " deep" },
        { "a.md", "---\ntitle: x\n---\n\n## B {.briefs}\n\n- " + string.Concat(Enumerable.Repeat("([a](", 20_000)) },
        { "a.md", "---\ntitle: x\n---\n\n## B {.briefs}\n\n- " + string.Concat(Enumerable.Repeat("{a=\"", 5_000)) + "}" },
        { "a.txt", "Highlights\n" + string.Concat(Enumerable.Repeat("(", 50_000)) + ")" },
        { "a.txt", "Links\n" + string.Concat(Enumerable.Repeat("- x (", 20_000)) + ")" },
        { "a.txt", "Editor, " + string.Concat(Enumerable.Repeat("Aa ", 50)) + "!" },
        { "a.txt", string.Concat(Enumerable.Repeat("A. ", 100_000)) },
        { "a.txt", "\0\uFFFE\u202E" },
        { "a.txt", "" },
    };

    [Theory]
    [MemberData(nameof(Drafts))]
    public async Task Hostile_drafts_end_soon_and_without_an_exception(string name, string draft)
    {
        var ct = TestContext.Current.CancellationToken;
        var imported = await Task.Run(() => DraftImporter.Import(new MemoryStream(Encoding.UTF8.GetBytes(draft)), name, A.Publication()), ct).WaitAsync(TimeSpan.FromSeconds(20), ct);
        Assert.True(imported.Issue is not null || imported.Report.Any(p => p.Severity == Severity.Error));
    }

    [Fact]
    public void Scripts_and_their_addresses_never_get_out_of_html()
    {
        const string html = "<h1>T</h1><h2>Highlights</h2><h3 onclick=x()>H</h3><p><a href='javascript:alert(1)'>a</a><a href=' JaVaScRiPt:alert(1)'>b</a><a href='data:text/html,x'>c</a>"
            + "<img src=x onerror=alert(1)><svg onload=alert(1)>d</svg><iframe src=https://evil.example></iframe>&lt;script&gt;alert(1)&lt;/script&gt;</p>";
        var issue = DraftImporter.Import(html, "a.html", DraftFormat.Html, null).Issue!;
        var json = IssueJson.Write(issue);
        foreach (var word in (string[])["javascript", "data:text", "onerror", "onload", "onclick", "iframe", "evil"]) Assert.DoesNotContain(word, json, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\\\\<script>", json); // typed as text, printed as text
    }

    [Fact]
    public void Braces_of_a_draft_are_text_in_every_field_that_could_hold_a_hole()
    {
        const string draft = "{{ a }} | June 2031\n{{ subscriber.email }} is a monthly {{{ x }}} of things.\nHighlights\nHeadline {{ h }}\nA body with {{ subscriber.email }} and [x]({{ y }}).\nLinks\n— Text {{ t }}. ({{ s }})";
        var issue = DraftImporter.Import(draft, "a.txt", DraftFormat.Text, null).Issue!;
        foreach (var block in new[] { issue.Intro!, ((StoriesSection)issue.Sections[0]).Stories[0].Body })
        {
            Assert.Equal(block, Holes.Mask(block));
            Assert.Contains("{{ subscriber.email }}", Markdig.Markdown.ToPlainText(block));
        }
    }

    [Theory]
    [InlineData("title: [a, b]", 2, 8, "text is expected")]
    [InlineData("title: x\nnumber: many", 3, 9, "whole number")]
    [InlineData("title: x\nmasthead: me", 3, 11, "list is expected")]
    [InlineData("title: x\ntitle: y", 3, 1, "uplicate")]
    [InlineData("title: \"open", 2, 8, "quote")]
    [InlineData("title: &a x\nsubject: *a", 2, 8, "Anchors")]
    [InlineData("- a", 2, 1, "Keys and values")]
    [InlineData("errata: [{ at: soon, text: x }]", 2, 16, "date and time")]
    public void A_fault_in_the_front_matter_is_named_with_its_place(string yaml, int line, int column, string says)
    {
        var (issue, problems) = IssueMarkdown.Read($"---\n{yaml}\n---\n\nText.\n", "issue.md");
        Assert.Null(issue);
        var problem = problems.First(p => p.Severity == Severity.Error);
        Assert.Contains(says, problem.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(("issue.md", line, column), (problem.File, problem.Line, problem.Column));
    }

    [Theory]
    [InlineData("{ \"title\": 5 }", "issue.json(1,")]
    [InlineData("{\n \"sections\": [ { \"kind\": 1 } ] }", "needs a")]
    [InlineData("{ \"sections\": [ null ] }", "sections[0] is null")]
    [InlineData("{ \"title\": \"\\ud800\" }", "half a character")]
    [InlineData("{ \"title\": ", "issue.json(1,")]
    public void A_fault_in_a_json_issue_is_named(string json, string says)
    {
        var (issue, problems) = IssueFile.Read(json, "issue.json");
        Assert.Null(issue);
        Assert.Contains(says, Assert.Single(problems).ToString());
    }
}
