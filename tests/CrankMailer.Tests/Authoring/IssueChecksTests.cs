using System.Text.Json;
using CrankMailer.Authoring.Checks;
using CrankMailer.Authoring.Yaml;
using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Tests.Authoring;

public sealed class IssueChecksTests
{
    private static readonly RenderedFacts Rendered = new("<a href=\"{{ links.unsubscribe }}\">Unsubscribe</a>", "Unsubscribe: {{ links.unsubscribe }}", []);

    [Fact]
    public void A_complete_issue_has_no_problems() => Assert.Empty(Run(A.Issue()));

    [Fact]
    public void An_issue_without_subject_may_not_be_sent() => AssertError("no-subject", "subject", A.Issue() with { Subject = " " });

    [Fact]
    public void An_issue_without_sections_may_not_be_sent() => AssertError("empty-issue", "sections", A.Issue() with { Sections = [] });

    [Fact]
    public void An_empty_section_of_any_kind_may_not_be_sent()
    {
        Section[] empty = [new StoriesSection(), new BriefsSection(), new ReadingsSection(), new EventsSection(), new ProseSection(), new PictureSection(), new ButtonSection { Url = "https://x.example" }];
        foreach (var section in empty) AssertError("empty-section", "sections[1]", A.Issue(A.Stories(A.Story("a", "b")), section));
    }

    [Fact]
    public void An_item_without_text_may_not_be_sent() => AssertError("empty-item", "sections[0].stories[1].body", A.Issue(A.Stories(A.Story("a", "b"), A.Story("a", ""))));

    [Theory]
    [InlineData("See [the map]().")]
    [InlineData("See [the map](<>).")]
    [InlineData("> - See [the *map*]( ).")]
    [InlineData("| a |\n|---|\n| [b]() |")]
    public void An_empty_link_in_a_body_may_not_be_sent(string body) => AssertError("empty-link", "sections[0].stories[0].body", A.Issue(A.Stories(A.Story("a", body))));

    [Theory]
    [InlineData("`[code]()` and \\[escaped]()")]
    [InlineData("[archive]({{ links.archive }})")]
    [InlineData("```\n[x]()\n```")]
    public void What_is_no_empty_link_is_none(string body) => Assert.Empty(Run(A.Issue(A.Stories(A.Story("a", body)))));

    [Fact]
    public void A_source_or_reading_without_address_only_warns()
    {
        var problems = Run(A.Issue(A.Briefs(A.Brief("Ducks.", url: null)), new ReadingsSection { Items = [new Reading { Title = "On Ducks" }] }));
        Assert.Equal([(Severity.Warning, "sections[0].items[0].sources[0].url"), (Severity.Warning, "sections[1].items[0].url")], problems.Select(p => (p.Severity, p.Item ?? "")));
    }

    [Fact]
    public void A_button_without_address_may_not_be_sent() => AssertError("empty-link", "sections[0].url", A.Issue(new ButtonSection { Label = "Go" }));

    [Fact]
    public void A_picture_needs_a_description_and_a_credit()
    {
        AssertError("missing-alt", "image.alt", A.Issue() with { Image = new IssueImage { Src = "a.jpg", Credit = "c" } });
        AssertError("missing-credit", "image.credit", A.Issue() with { Image = new IssueImage { Src = "a.jpg", Alt = "a" } });
        AssertError("credit-without-picture", "image.src", A.Issue() with { Image = new IssueImage { Credit = "c" } });
        AssertError("missing-alt", "sections[0].stories[0].image.alt", A.Issue(A.Stories(A.Story("a", "b") with { Image = new IssueImage { Src = "a.jpg", Credit = "c" } })));
        AssertError("missing-alt", "intro", A.Issue() with { Intro = "![](a.jpg)" });
    }

    [Theory]
    [InlineData("Dear {{ subscriber.first_nam }}", "subscriber.first_nam")]
    [InlineData("{{ subscriber }}", "subscriber")]
    [InlineData("{{ issue.title | string.upcase }}", "issue.title")]
    [InlineData("{{ subscriber.name | array.first }}", "array.first")]
    [InlineData("[x]({{ links.nowhere }})", "links.nowhere")]
    public void An_unknown_personal_name_may_not_be_sent(string body, string name)
    {
        var problem = AssertError("unknown-name", "sections[0].stories[0].body", A.Issue(A.Stories(A.Story("a", body))));
        Assert.Contains($"“{name}”", problem.Text);
    }

    [Fact]
    public void A_story_without_headline_is_told_at_its_headline()
    {
        var problem = AssertError("empty-item", "sections[0].stories[0].headline", A.Issue(A.Stories(A.Story("", "b"))));
        Assert.StartsWith("Story 1 of the section ", problem.Text);
        Assert.Contains("has no headline", problem.Text);
    }

    [Theory]
    [InlineData("31.12.2026 25:99", null, null, "starts")]
    [InlineData("2026-02-30", null, null, "starts")]
    [InlineData("2026-06-18", "soon", null, "ends")]
    [InlineData("2026-06-18", "2026-06-17", null, "ends")]
    [InlineData("2026-06-18", "2026-06-19 10:00", null, "ends")]
    [InlineData("2026-06-18 17:00", "2026-06-18 16:59", null, "ends")]
    [InlineData(null, "2026-06-18", null, "starts")]
    [InlineData("2026-06-18 17:00", null, "Vienna", "zone")]
    public void An_event_needs_dates_that_are_dates(string? starts, string? ends, string? zone, string field) =>
        AssertError("bad-date", $"sections[0].items[0].{field}", A.Issue(new EventsSection { Heading = "Dates", Items = [new IssueEvent { Title = "a", Starts = starts, Ends = ends, Zone = zone }] }));

    [Theory]
    [InlineData("2026-06-18", "2026-06-18", null)]
    [InlineData("2026-06-18 9:00", "2026-06-18 17:00", "Europe/Vienna")]
    [InlineData(null, null, null)]
    public void Good_dates_pass(string? starts, string? ends, string? zone) =>
        Assert.Empty(Run(A.Issue(new EventsSection { Heading = "Dates", Items = [new IssueEvent { Title = "a", Starts = starts, Ends = ends, Zone = zone }] })));

    [Fact]
    public void A_period_is_a_year_a_month_or_a_day()
    {
        AssertError("bad-date", "period", A.Issue() with { Period = "2026-13-99" });
        foreach (var period in (string?[])["2026", "2026-06", "2026-06-18", null]) Assert.Empty(Run(A.Issue() with { Period = period }));
    }

    [Fact]
    public void What_the_renderer_says_of_the_same_hole_is_not_said_again()
    {
        var issue = A.Issue(A.Stories(A.Story("a", "Dear {{ subscriber.first_nam }}")));
        var field = "sections[0].stories[0].body";
        var rendered = new RenderedFacts("<a href=\"{{ links.unsubscribe }}\">Unsubscribe</a>", "{{ links.unsubscribe }}",
            [new Problem(Severity.Error, "personal-hole", "unknown", Item: field), new Problem(Severity.Error, "personal-hole", "of the theme")]);
        Assert.Equal(["personal-hole ", $"unknown-name {field}"], IssueChecks.Run(issue, A.Publication(), rendered).Select(p => $"{p.Code} {p.Item}").Order());
    }

    [Theory]
    [InlineData("{{ if subscriber.first_name }}Dear {{ subscriber.first_name | string.capitalize }}{{ else }}Hello{{ end }}")]
    [InlineData("{{ subscriber.attributes.town ?? \"your town of subscriber.x\" }} {{ campaign.id }}")]
    [InlineData("[x](https://harbor.example/?s={{ subscriber.email }})")]
    public void Known_personal_names_pass(string body) => Assert.Empty(Run(A.Issue(A.Stories(A.Story("a", body)))));

    [Theory]
    [InlineData("[x](https://{{ subscriber.name }}.example/)")]
    [InlineData("[x]({{ subscriber.attributes.url }})")]
    public void A_hole_may_not_make_up_the_host(string body) => AssertError("hole-in-host", "sections[0].stories[0].body", A.Issue(A.Stories(A.Story("a", body))));

    [Fact]
    public void A_hole_outside_of_block_text_is_text_and_warned_of()
    {
        var problem = Assert.Single(Run(A.Issue() with { Preheader = "Dear {{ subscriber.name }}" }));
        Assert.Equal((Severity.Warning, "hole-is-text", "preheader"), (problem.Severity, problem.Code, problem.Item));
        problem = Assert.Single(Run(A.Issue() with { Subject = "Templates: what {{ name }} means" }));
        Assert.Equal((Severity.Warning, "hole-is-text", "subject"), (problem.Severity, problem.Code, problem.Item));
    }

    [Theory]
    [InlineData("Re: the ports", "subject-answer")] // R26
    [InlineData(" FWD : ports", "subject-answer")]
    [InlineData("AW: Häfen", "subject-answer")]
    [InlineData("Recent ports", null)]
    [InlineData("Report: the ports", null)]
    public void A_subject_that_pretends_to_be_an_answer_is_warned_of(string subject, string? code) =>
        Assert.Equal(code, Run(A.Issue() with { Subject = subject }).SingleOrDefault()?.Code);

    [Fact]
    public void A_subject_that_inboxes_cut_off_is_warned_of() => // R15
        Assert.Equal("long-subject", Assert.Single(Run(A.Issue() with { Subject = new string('p', 151) })).Code);

    [Theory]
    [InlineData("news@gmail.com")]
    [InlineData("News@GMX.de")]
    public void A_sender_at_a_free_mail_provider_is_refused(string email) => // R38
        Assert.Contains(PublicationRules.Check(A.Publication() with { Sender = new Sender { Email = email } }), problem => problem is { Severity: Severity.Error, Item: "sender.email" });

    [Fact]
    public void A_subject_may_name_the_reader() => Assert.Empty(Run(A.Issue() with { Subject = "Dear {{ subscriber.first_name ?? \"reader\" }}, the ports" }));

    [Theory]
    [InlineData("<a href=\"https://x.example\">Unsubscribe</a>", "{{ links.unsubscribe }}", "html")]
    [InlineData("<a href='{{links.unsubscribe}}'>x</a>", "Unsubscribe", "text")]
    public void A_theme_without_unsubscribe_link_may_not_be_sent(string html, string text, string where)
    {
        var problem = Assert.Single(IssueChecks.Run(A.Issue(), A.Publication(), new RenderedFacts(html, text, [])));
        Assert.Equal(("no-unsubscribe", where), (problem.Code, problem.Item));
    }

    [Fact]
    public void Html_may_have_102400_bytes_and_not_one_more()
    {
        var fits = Rendered.Html + new string('ü', (102_400 - Rendered.Html.Length) / 2);
        fits += new string('x', 102_400 - System.Text.Encoding.UTF8.GetByteCount(fits));
        Assert.Equal("nearly-too-large", Assert.Single(Run(A.Issue(), Rendered with { Html = fits })).Code);
        Assert.Equal("too-large", Assert.Single(Run(A.Issue(), Rendered with { Html = fits + "x" })).Code);
    }

    [Fact]
    public void A_publication_without_sender_postal_address_or_public_url_may_not_send()
    {
        var problems = IssueChecks.Run(A.Issue(), A.Publication() with { Sender = new Sender(), Organisation = new Organisation(), PublicUrl = null }, Rendered);
        Assert.Equal(["no-postal-address", "no-public-url", "no-sender"], problems.Where(p => p.Severity == Severity.Error).Select(p => p.Code).Order());
        Assert.False(IssueChecks.MaySend(problems));
    }

    [Fact]
    public void Unknown_keys_and_kinds_are_warned_of_with_their_place()
    {
        var unknown = new Dictionary<string, JsonElement> { ["mood"] = JsonSerializer.SerializeToElement("calm") };
        var issue = A.Issue(A.Stories(A.Story("a", "b") with { Unknown = unknown }), new UnknownSection("poll")) with { Unknown = unknown };
        Assert.Equal(["mood", "sections[0].stories[0].mood", "sections[1].kind"], Run(issue).Select(p => p.Item));
    }

    [Fact]
    public void An_id_that_stands_twice_is_an_error() => AssertError("duplicate-id", "sections[0].stories[1]", A.Issue(A.Stories(A.Story("a", "b", "k7f2"), A.Story("c", "d", "k7f2"))));

    [Fact]
    public void What_rendering_complains_of_is_passed_on_errors_first()
    {
        var error = new Problem(Severity.Error, "mjml", "No.");
        Assert.Equal([error], Run(A.Issue(), Rendered with { Problems = [error] }));
    }

    private static IReadOnlyList<Problem> Run(Issue issue, RenderedFacts? rendered = null) => IssueChecks.Run(issue, A.Publication(), rendered ?? Rendered);

    private static Problem AssertError(string code, string item, Issue issue)
    {
        var problems = Run(issue);
        Assert.False(IssueChecks.MaySend(problems));
        return Assert.Single(problems, p => p.Severity == Severity.Error && p.Code == code && p.Item == item);
    }
}
