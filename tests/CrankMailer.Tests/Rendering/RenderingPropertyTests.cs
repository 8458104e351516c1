using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using CrankMailer.Model.Documents;
using CrankMailer.Rendering.Layout;
using CrankMailer.Rendering.Personal;
using CrankMailer.Rendering.Prose;

namespace CrankMailer.Tests.Rendering;

/// <summary>What holds for every issue, however odd.</summary>
public sealed class RenderingPropertyTests
{
    [Fact]
    public void Any_issue_renders_balanced_and_complete()
    {
        for (var seed = 1; seed <= 120; seed++)
        {
            var generator = new IssueGenerator(seed);
            var (issue, publication) = (generator.Issue(), generator.Publication());
            var rendered = Rendered.Of(issue, publication);
            Assert.DoesNotContain(rendered.Problems, p => p.Code.StartsWith("theme", StringComparison.Ordinal));
            Assert.Null(HtmlBalance.Mistake(rendered.Html));
            var mail = PersonalPreview.Of(rendered, publication, null, PersonalValues.None);
            Assert.Null(HtmlBalance.Mistake(mail.Html));
            Holds(seed, issue, mail);
        }
    }

    private static void Holds(int seed, Issue issue, PersonalMail mail)
    {
        var text = Flat(mail.Text);
        var html = Flat(new HtmlParser().ParseDocument(mail.Html).Body!.TextContent);
        foreach (var line in Lines(issue))
        {
            Assert.True(Bare(text).Contains(Bare(line), StringComparison.Ordinal), $"seed {seed}: \"{line}\" is not in the text");
            Assert.True(html.Replace(" ", "").Contains(Flat(line).Replace(" ", ""), StringComparison.Ordinal), $"seed {seed}: \"{line}\" is not in the HTML");
        }
        Assert.All(mail.Text.Split('\n'), l => Assert.True(TextWidth.Of(l) <= 72 || !l.Trim().Contains(' ') || l.Contains("  ", StringComparison.Ordinal) || l.Contains("://", StringComparison.Ordinal), $"seed {seed}: {l}"));
    }

    private static IEnumerable<string> Lines(Issue issue) => issue.Sections.SelectMany(s => (s switch
    {
        StoriesSection stories => stories.Stories.Select(x => x.Headline),
        ReadingsSection readings => readings.Items.Select(x => x.Title),
        EventsSection events => events.Items.Select(x => x.Title),
        _ => [],
    }).Select(Visible).Concat(s is UnknownSection ? [] : [Markers.Clean(s.Heading)]));

    // A picture in a headline is told by its alternative text, which is no text content of the HTML.
    private static string Visible(string markdown) => Medium.Words(markdown.Replace("![pic](https://a.example.test/p.png)", ""));

    // Plain text adds link numbers and breaks lines; the letters and their order stay.
    private static string Bare(string text) => Regex.Replace(Regex.Replace(text, @"\[\d+\]|\[pic\]", ""), @"\s+", "");

    private static string Flat(string text) => Regex.Replace(text, @"\s+", " ").Trim();
}
