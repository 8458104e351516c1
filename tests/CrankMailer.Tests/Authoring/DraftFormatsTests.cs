using System.Net;
using System.Text;
using CrankMailer.Authoring.Drafts;
using CrankMailer.Model.Documents;

namespace CrankMailer.Tests.Authoring;

/// <summary>The same draft in another dress is the same issue: another format, another width, another habit of the editor.</summary>
public sealed class DraftFormatsTests
{
    [Fact]
    public void A_draft_pasted_as_html_paragraphs_is_the_same_issue() =>
        AssertSame((lines, _) => Import("<html><body>" + string.Concat(lines.Select(l => $"<p>{WebUtility.HtmlEncode(l)}</p>\n")) + "</body></html>", DraftFormat.Html));

    [Fact]
    public void A_draft_pasted_as_html_lines_is_the_same_issue() =>
        AssertSame((lines, _) => Import("<div>" + string.Join("<br/>\n<br>", lines.Select(WebUtility.HtmlEncode)) + "</div>", DraftFormat.Html));

    [Fact]
    public void A_draft_in_markdown_paragraphs_is_the_same_issue() => AssertSame((lines, _) => Import(string.Join("\n\n", lines), DraftFormat.Markdown));

    [Fact]
    public void A_draft_in_a_word_document_is_the_same_issue() => AssertSame((lines, _) =>
    {
        var word = new WordDraft();
        foreach (var line in lines) word.Paragraph(WordDraft.Text(line));
        return DraftImporter.Import(word.Save(), "draft.docx", null).Issue!;
    });

    [Fact]
    public void A_text_file_with_headings_marked_by_two_signs_is_markdown()
    {
        var imported = DraftImporter.Import("Harbor Brief\n\n## Links\n\n- A sentence ([Source](https://example.org/))\n", "june.txt", null, null);
        Assert.Equal("Links", Assert.IsType<BriefsSection>(Assert.Single(imported.Issue!.Sections)).Heading);
        Assert.Contains(imported.Report, p => p.Code == "read-as-markdown");
        Assert.DoesNotContain(DraftImporter.Import("News\n\n# 1 of 3\n", "june.txt", null, null).Report, p => p.Code == "read-as-markdown");
    }

    [Theory]
    [InlineData(66)]
    [InlineData(72)]
    [InlineData(78)]
    [InlineData(98)]
    public void A_draft_wrapped_by_a_mail_program_is_the_same_issue(int width) => AssertSame((lines, _) => Import(string.Join("\n\n", lines.Select(l => Wrap(l, width))), DraftFormat.Text));

    [Fact]
    public void Items_with_another_dash_or_none_are_the_same_items()
    {
        foreach (var dash in (string[])["—", "– ", "- ", "• ", "* ", "-- ", ""])
            AssertSame((lines, issue) => Import(string.Join("\n", lines.Select(l => IsBrief(l, issue) ? dash + l.TrimStart('—') : l)), DraftFormat.Text));
    }

    [Fact]
    public void A_missing_links_heading_only_takes_the_heading_away()
    {
        foreach (var dash in (string[])["—", "- ", ""])
            AssertSame((lines, issue) =>
            {
                var got = Import(string.Join("\n\n", lines.Where(l => l != "Links").Select(l => IsBrief(l, issue) ? dash + l.TrimStart('—') : l)), DraftFormat.Text);
                return got with { Sections = [.. got.Sections.Select(s => s is BriefsSection ? s with { Heading = issue.Sections.OfType<BriefsSection>().First().Heading } : s)] };
            });
    }

    [Fact]
    public void A_draft_without_its_first_line_only_lacks_the_title()
    {
        AssertSame((lines, issue) =>
        {
            var got = Import(string.Join("\n", lines.Where(l => l != issue.Title)), DraftFormat.Text);
            return got with { Title = issue.Title, Period = got.Period ?? issue.Period };
        });
    }

    [Fact]
    public void The_order_of_what_stands_below_the_sections_does_not_matter()
    {
        AssertSame((lines, issue) =>
        {
            var credit = lines.FirstOrDefault(l => l.StartsWith("Image", StringComparison.Ordinal));
            var first = lines.FindIndex(l => l.StartsWith("Editor-in-Chief", StringComparison.Ordinal));
            if (credit is null || first < 0) return issue;
            return Import(string.Join("\n", lines.Where(l => l != credit).Take(first).Append(credit).Concat(lines.Where(l => l != credit).Skip(first))), DraftFormat.Text);
        });
    }

    private static void AssertSame(Func<List<string>, Issue, Issue> again)
    {
        foreach (var (name, text) in Drafts())
        {
            var wanted = Import(text, DraftFormat.Text);
            var lines = text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).ToList();
            ExpectedIssue.AssertMatches(IssueJson.Write(wanted).Replace('\u00A0', ' '), IssueJson.Read(IssueJson.Write(again(lines, wanted)).Replace('\u00A0', ' ')), name);
        }
    }

    private static IEnumerable<(string Name, string Text)> Drafts() =>
        new[] { Path.Combine(AppContext.BaseDirectory, "Authoring", "cases", "drafts", "no-links-heading", "draft.txt") }
            .Concat(Directory.Exists(RealDrafts.Folder) ? Directory.GetFiles(RealDrafts.Folder, "*.txt") : []).Select(f => (f, File.ReadAllText(f).ReplaceLineEndings("\n")));

    private static bool IsBrief(string line, Issue issue) =>
        issue.Sections.OfType<BriefsSection>().SelectMany(s => s.Items).Any(b => line.TrimStart('—').StartsWith(b.Text, StringComparison.Ordinal));

    private static Issue Import(string draft, DraftFormat format) => DraftImporter.Import(draft, "draft", format, null).Issue!;

    private static string Wrap(string line, int width)
    {
        var wrapped = new StringBuilder();
        var column = 0;
        foreach (var word in line.Split(' '))
        {
            if (column > 0 && column + 1 + word.Length > width) { wrapped.Append('\n'); column = 0; }
            else if (column > 0) { wrapped.Append(' '); column++; }
            wrapped.Append(word);
            column += word.Length;
        }
        return wrapped.ToString();
    }
}
