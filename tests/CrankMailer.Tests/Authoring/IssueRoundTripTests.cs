using CrankMailer.Authoring;
using CrankMailer.Authoring.Markdown;
using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Tests.Authoring;

public sealed class IssueRoundTripTests
{
    /// <summary>How many a run tries; more are asked for in the environment when hunting a rare one.</summary>
    private static readonly int Issues = int.TryParse(Environment.GetEnvironmentVariable("CRANKMAILER_ISSUES"), out var issues) ? issues : 400;

    private const string Tears = "{}[]()\"'#-\n\\:&*!|>`\t\0";

    /// <summary>A new one each run, printed where it fails; set it in the environment to see the same again.</summary>
    private static readonly int FirstSeed = int.TryParse(Environment.GetEnvironmentVariable("CRANKMAILER_SEED"), out var seed) ? seed : Random.Shared.Next(1_000_000_000);

    [Fact]
    public void Markdown_gives_back_the_canonical_issue()
    {
        for (var seed = FirstSeed; seed < FirstSeed + Issues; seed++)
        {
            var issue = new AnyIssue(seed).Make();
            var markdown = IssueMarkdown.Write(issue);
            var (read, problems) = IssueMarkdown.Read(markdown, "issue.md");
            Assert.True(read is not null, $"seed {seed}: {string.Join('\n', problems)}\n{markdown}");
            var wanted = IssueJson.Write(IssueCanonical.Of(issue));
            var got = IssueJson.Write(read!);
            Assert.True(wanted == got, $"CRANKMAILER_SEED={seed}\n{Difference(wanted, got)}\n--- Markdown:\n{markdown}");
        }
    }

    [Fact]
    public void Json_gives_back_the_issue()
    {
        for (var seed = FirstSeed; seed < FirstSeed + Issues; seed++)
        {
            var json = IssueJson.Write(new AnyIssue(seed).Make());
            Assert.True(json == IssueJson.Write(IssueJson.Read(json)), $"CRANKMAILER_SEED={seed}\n{json}");
        }
    }

    [Fact]
    public void The_canonical_form_is_its_own_canonical_form_and_its_file_stays_the_same()
    {
        for (var seed = FirstSeed; seed < FirstSeed + Issues; seed++)
        {
            var issue = IssueCanonical.Of(new AnyIssue(seed).Make());
            Assert.True(IssueJson.Write(issue) == IssueJson.Write(IssueCanonical.Of(issue)), $"CRANKMAILER_SEED={seed}: {Difference(IssueJson.Write(issue), IssueJson.Write(IssueCanonical.Of(issue)))}");
            var markdown = IssueMarkdown.Write(issue);
            Assert.Equal(markdown, IssueMarkdown.Write(IssueMarkdown.Read(markdown, "issue.md").Issue!));
        }
    }

    [Fact]
    public void Reading_any_torn_file_gives_problems_and_never_an_exception()
    {
        for (var seed = FirstSeed; seed < FirstSeed + Issues; seed++)
        {
            var random = new Random(seed);
            var markdown = IssueMarkdown.Write(new AnyIssue(seed).Make()).ToCharArray();
            for (var n = random.Next(1, 12); n > 0; n--) markdown[random.Next(markdown.Length)] = Tears[random.Next(Tears.Length)];
            var (issue, problems) = IssueMarkdown.Read(new string(markdown), "torn.md");
            Assert.True(issue is not null || problems.Any(p => p.Severity == Severity.Error), $"CRANKMAILER_SEED={seed}");
        }
    }

    [Fact]
    public void A_correction_without_its_time_is_an_error_with_its_place()
    {
        var (issue, problems) = IssueMarkdown.Read("---\ntitle: a\nerrata:\n  - at:\n    text: The pier is north.\n---\n", "issue.md");
        Assert.Null(issue);
        Assert.StartsWith("issue.md(4,8): error: A date and time with offset, such as 2026-07-01T12:00:00Z is expected for errata[0].at", Assert.Single(problems).ToString());
    }

    [Fact]
    public void Half_a_character_is_replaced_and_told()
    {
        var (issue, problems) = IssueMarkdown.Read("---\ntitle: a\n---\n\nOne \uD83D two 🚢 {#k1 x:=[\"\uDE00\"]}\n", "issue.md");
        Assert.StartsWith("One \uFFFD two 🚢", issue!.Intro);
        Assert.Equal([(5, 5), (5, 24)], problems.Where(p => p.Code == "half-character").Select(p => (p.Line!.Value, p.Column!.Value)));
    }

    [Theory]
    [InlineData("``` a")]
    [InlineData("~~~")]
    [InlineData("## a heading")]
    [InlineData("<!-- items -->")]
    public void A_caption_swallows_nothing_that_follows_it(string caption)
    {
        var issue = IssueCanonical.Of(new Issue
        {
            Sections = [new PictureSection { Image = new() { Src = "a.png", Alt = "a", Credit = "b", Caption = caption } }, new ProseSection { Body = "after" }],
        });
        Assert.Equal(IssueJson.Write(issue), IssueJson.Write(IssueMarkdown.Read(IssueMarkdown.Write(issue), "issue.md").Issue!));
    }

    private static string Difference(string wanted, string got)
    {
        var (a, b) = (wanted.Split('\n'), got.Split('\n'));
        var i = 0;
        while (i < a.Length && i < b.Length && a[i] == b[i]) i++;
        return $"wanted: {string.Join('\n', a.Skip(i).Take(4))}\ngot:    {string.Join('\n', b.Skip(i).Take(4))}";
    }
}
