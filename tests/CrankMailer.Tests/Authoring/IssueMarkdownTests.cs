using CrankMailer.Authoring.Markdown;
using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Tests.Authoring;

/// <summary>The file as people write it; that nothing is lost is proved by <see cref="IssueRoundTripTests"/>.</summary>
public sealed class IssueMarkdownTests
{
    private const string Whole = """
        ---
        publication: harbor-brief
        title: "Harbor Brief | June 2026"
        period: 2026-06
        number: 41
        subject: "Ports, cables and a quiet summit"
        preheader: "Three straits, two treaties, one very long pier"
        image: { src: images/pier.jpg, alt: A pier at dusk, credit: Jane Doe / Example Pictures }
        masthead:
          - { role: Editor-in-Chief, name: A. Example, email: chief@example.org }
        ---

        The standing introduction, one or more paragraphs.

        ## June 2026 Highlights {.stories #h7k2}

        ### A headline is a third-level heading {#k7f2}

        Body in CommonMark, as many paragraphs as wanted.

        Dear {{ subscriber.first_name }}, see [the archive]({{ links.archive }}).

        ### [#1 in the world](https://example.org/a_(b)) {byline="By [Jane](https://example.org/jane)"}

        ![A pier](images/pier2.jpg "J. D.") {caption="At dusk"}

        1. one
        2. two

        ## {.briefs}

        - One or two sentences, then the sources. ([Reuters](https://example.org/r), [TASS]())
        - A text (with a parenthesis)
        - A text that ends ([like sources](https://example.org)) ()

        ## Recent Analysis {.readings}

        - [Title of the piece](https://example.org/t) (Author One and Author Two, Institution)
        - [Название]() {lang=ru} (Publisher, in Russian, [English](https://example.org/mt)) {#p2m4}

        ## Dates {.events}

        - [Title](https://example.org/e) (2026-06-18 17:00 America/New_York, Washington and online)

        ## About {.prose}

        Free text.

        ## {.picture}

        ![A map](map.png "Cartographers")

        Where it is.

        ## {.button}

        [Subscribe](https://example.org/s)

        """;

    [Fact]
    public void The_file_of_the_design_is_written_back_as_it_was()
    {
        var (issue, problems) = IssueMarkdown.Read(Whole, "issue.md");
        Assert.Empty(problems);
        Assert.Equal(Whole, IssueMarkdown.Write(issue!));
    }

    [Fact]
    public void Its_parts_are_what_they_look_like()
    {
        var issue = IssueMarkdown.Read(Whole, "issue.md").Issue!;
        var stories = (StoriesSection)issue.Sections[0];
        Assert.Equal(("#1 in the world", "https://example.org/a_(b)", "By [Jane](https://example.org/jane)"), (stories.Stories[1].Headline, stories.Stories[1].Url, stories.Stories[1].Byline));
        Assert.Equal(new IssueImage { Src = "images/pier2.jpg", Alt = "A pier", Credit = "J. D.", Caption = "At dusk" }, stories.Stories[1].Image);
        var briefs = (BriefsSection)issue.Sections[1];
        Assert.Null(briefs.Heading);
        Assert.Equal([("Reuters", "https://example.org/r"), ("TASS", null)], briefs.Items[0].Sources.Select(s => (s.Name, s.Url)));
        Assert.Equal(["A text (with a parenthesis)", "A text that ends ([like sources](https://example.org))"], briefs.Items.Skip(1).Select(b => b.Text));
        var reading = ((ReadingsSection)issue.Sections[2]).Items[1];
        Assert.Equal(("Название", null, "ru", "Publisher, in Russian, [English](https://example.org/mt)", "p2m4"), (reading.Title, reading.Url, reading.Lang, reading.Byline, reading.Id));
        var item = ((EventsSection)issue.Sections[3]).Items[0];
        Assert.Equal(("2026-06-18 17:00", "America/New_York", "Washington and online"), (item.Starts, item.Zone, item.Place));
        Assert.Equal("Where it is.", ((PictureSection)issue.Sections[5]).Image?.Caption);
    }

    [Fact]
    public void Ordinary_text_is_written_without_any_escape()
    {
        string[] plain = ["AT&T grew 5 % – “why?”, they asked (twice).", "snake_case and C# and 2 * 3 < 7", "[sic] he said", "Price: $5 {net}", "نص عربي", "e.g. #hashtag, @name, ~5", "1.5 million", "-5 degrees"];
        var issue = A.Issue(A.Stories([.. plain.Select(p => A.Story(p, p))]), A.Briefs([.. plain.Select(p => A.Brief(p))]), new ReadingsSection { Items = [.. plain.Select(p => new Reading { Title = p, Byline = p })] });
        var written = IssueMarkdown.Write(issue);
        Assert.DoesNotContain('\\', written);
        foreach (var text in plain)
        {
            Assert.Contains($"### {text}\n", written);
            Assert.Contains($"- {text} ([Quay", written);
            Assert.Contains($"- [{text}]() ({text})\n", written);
        }
    }

    [Theory]
    [InlineData("# a number", @"- \# a number ([")]
    [InlineData("- a dash", @"- \- a dash ([")]
    [InlineData("12. Twelve", @"- 12\. Twelve ([")]
    [InlineData("> quoted", @"- \> quoted ([")]
    public void What_would_open_a_block_is_escaped(string text, string line) => Assert.Contains(line, IssueMarkdown.Write(A.Issue(A.Briefs(A.Brief(text)))));

    [Fact]
    public void Structure_inside_of_code_is_text()
    {
        const string body = "```\n## x {.briefs}\n- y\n```";
        var issue = A.Issue(A.Stories(A.Story("a", body)));
        Assert.Contains(body, IssueMarkdown.Write(issue));
        Assert.Equal(body, ((StoriesSection)IssueMarkdown.Read(IssueMarkdown.Write(issue), "i").Issue!.Sections[0]).Stories[0].Body);
    }

    [Fact]
    public void Unknown_kinds_keys_and_missing_kinds_are_warned_of_with_their_line_and_kept()
    {
        const string text = "---\ntitle: x\nmood: calm\n---\n\n## Poll {.poll size=3}\n\nYes or no?\n\n## Bare\n\n- a\n\n## L {.briefs}\n\n- Text. {colour=red}\n";
        var (issue, problems) = IssueMarkdown.Read(text, "issue.md");
        Assert.Equal([("unknown-key", 3), ("unknown-kind", 6), ("missing-kind", 10), ("unknown-key", 16)], problems.Select(p => (p.Code, p.Line ?? 0)));
        Assert.All(problems, p => Assert.Equal(Severity.Warning, p.Severity));
        var written = IssueMarkdown.Write(issue!);
        foreach (var kept in (string[])["mood: calm", "## Poll {.poll size=3}", "Yes or no?", "{colour=red}"]) Assert.Contains(kept, written);
    }

    [Fact]
    public void Text_between_items_is_kept_and_warned_of()
    {
        var (issue, problems) = IssueMarkdown.Read("---\ntitle: x\n---\n\n## L {.briefs}\n\n- One.\n\nBetween.\n\n- Two.\n", "issue.md");
        var briefs = (BriefsSection)issue!.Sections[0];
        Assert.Equal(("One.", "Between.\n\n- Two."), (Assert.Single(briefs.Items).Text, briefs.Tail));
        Assert.Equal(("text-between-items", 9), (problems[0].Code, problems[0].Line ?? 0));
    }

    [Fact]
    public void Wrapped_items_and_other_ways_to_write_the_same_are_read()
    {
        const string text = "\uFEFF---\r\ntitle: x\r\n---\r\n\r\n## R {.readings}\r\n\r\n* [A\r\n  title](https://example.org) (Author)\r\n* Typed without brackets (Author)\r\n\r\n## E {.events}\r\n\r\n- Talk (2026-06-18 17:00–18:30 UTC, Hall 3)\r\n";
        var (issue, problems) = IssueMarkdown.Read(text, "issue.md");
        Assert.Empty(problems);
        Assert.Equal([("A title", "Author"), ("Typed without brackets", "Author")], ((ReadingsSection)issue!.Sections[0]).Items.Select(r => (r.Title, r.Byline)));
        var talk = ((EventsSection)issue.Sections[1]).Items[0];
        Assert.Equal(("Talk", "2026-06-18 17:00", "2026-06-18 18:30", "UTC", "Hall 3"), (talk.Title, talk.Starts, talk.Ends, talk.Zone, talk.Place));
    }
}
