using AngleSharp.Html.Parser;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Rendering;
using CrankMailer.Rendering.Personal;

namespace CrankMailer.Tests.Rendering;

public sealed class PersonalPreviewTests
{
    private static readonly PersonalValues Reader = new()
    {
        Email = "mia@example.test", FirstName = "Mia <& {{ links.unsubscribe }}", Unsubscribe = "https://news.example.test/u/tok", Preferences = "https://news.example.test/preferences/tok",
        ViewOnline = "https://news.example.test/view/tok", Attributes = new Dictionary<string, string> { ["city"] = "Port Veld" },
    };

    [Fact]
    public void A_reader_gets_name_and_links_in_both_parts()
    {
        var mail = Of("harbor-brief", Reader);
        Assert.Contains("Dear Mia &lt;&amp; {{ links.unsubscribe }},", mail.Html);
        Assert.Contains("Dear Mia <& {{ links.unsubscribe }},", mail.Text);
        Assert.Contains("href=\"https://news.example.test/u/tok\"", mail.Html);
        Assert.Contains("Unsubscribe: https://news.example.test/u/tok\n", mail.Text);
    }

    [Fact]
    public void A_reader_without_a_name_gets_the_editors_default() => Assert.Contains("Dear reader,", Of("harbor-brief", Reader with { FirstName = "" }).Text);

    [Fact]
    public void Braces_in_every_field_of_issue_and_publication_are_printed_as_they_were_typed()
    {
        var (issue, publication) = (Rendered.Issue("hostile"), Rendered.Publication("hostile"));
        var mail = Of("hostile", Reader with { FirstName = "Mia" });
        var page = new HtmlParser().ParseDocument(mail.Html);
        var text = page.Body!.TextContent;
        foreach (var part in new[] { text, mail.Text })
        {
            foreach (var typed in new[] { publication.Name, publication.Tagline, publication.Why, publication.Organisation.Name, "{{ 1 }}", "}}%} {", "{{2026}}", "{{ heading }}", "{{ headline }} {%{",
                         "{{ byline }}", "\\{{ code }}", "{{ intro }} {%{ and Mia", "{%{ {{ }} }%}", "{{ text }}", "({{ source }}" })
                Assert.Contains(typed!, part);
            Assert.DoesNotContain("&#123;", part);
        }
        Assert.Contains("{%{ preheader }%} \" '", text);
        Assert.Equal(issue.Subject, page.Title);
        Assert.NotNull(page.QuerySelector("a[href='https://a.example.test/%7B%7Bx%7D%7D?%7B%25%7B']"));
    }

    [Fact]
    public void The_public_page_shows_no_personal_link_and_nobodys_data()
    {
        var page = PersonalPreview.ViewOnline(Rendered.Of("harbor-brief"), Rendered.Publication("harbor-brief"), null, mayIndex: false);
        Assert.Contains("Dear reader,", page);
        foreach (var gone in new[] { "Unsubscribe", "Update your preferences", "View online", "href=\"\"", "{{" }) Assert.DoesNotContain(gone, page);
        Assert.Contains("<meta name=\"robots\" content=\"noindex\">", page);
        Assert.Null(HtmlBalance.Mistake(page));
        Assert.DoesNotContain("noindex", PersonalPreview.ViewOnline(Rendered.Of("harbor-brief"), Rendered.Publication("harbor-brief"), null, mayIndex: true));
    }

    [Theory]
    [InlineData("{{ subscriber.frist_name }}", "first_name")]
    [InlineData("{{ secret }}", "secret")]
    [InlineData("{{ if subscriber.name }}never closed", "")]
    [InlineData("{{ for x in y }}", "")]
    [InlineData("[x](https://elsewhere.example.test/?e={{ subscriber.email }})", "elsewhere.example.test")]
    public void A_hole_that_cannot_be_filled_is_told_beside_its_field(string intro, string says)
    {
        var rendered = Rendered.Of(new Issue { Intro = intro }, Rendered.Publication("harbor-brief"));
        var problem = Assert.Single(rendered.Problems);
        Assert.Contains(says, problem.Text);
        Assert.Equal(("personal-hole", "intro"), (problem.Code, problem.Item));
    }

    [Fact]
    public void An_editors_condition_chooses_for_each_reader()
    {
        var issue = new Issue { Intro = "{{ if subscriber.attributes.city }}See you in {{ subscriber.attributes.city }}.{{ else }}See you.{{ end }}" };
        var rendered = Rendered.Of(issue, Rendered.Publication("harbor-brief"));
        Assert.Empty(rendered.Problems);
        Assert.Contains("See you in Port Veld.", PersonalPreview.Of(rendered, Rendered.Publication("harbor-brief"), null, Reader).Html);
        Assert.Contains("\nSee you.\n", PersonalPreview.Of(rendered, Rendered.Publication("harbor-brief"), null, PersonalValues.None).Text);
    }

    [Theory] // issue 5: personal holes are allowed in the subject
    [InlineData("Dear {{ subscriber.attributes.city ?? \"reader\" }}, the ports", "Dear Port Veld, the ports", "Dear reader, the ports")]
    [InlineData("{{ if subscriber.attributes.city }}Near {{ subscriber.attributes.city }}{{ else }}Near you{{ end }}", "Near Port Veld", "Near you")]
    [InlineData("{%{ {{ subscriber.attributes.city ?? 'x' }} }%} {", "{%{ Port Veld }%} {", "{%{ x }%} {")]
    [InlineData("Templates: {{ name }} and {%{ more", "Templates: {{ name }} and {%{ more", "Templates: {{ name }} and {%{ more")] // no name of ours: text
    [InlineData("{{ never closed", "{{ never closed", "{{ never closed")]
    public void A_subject_may_be_personal(string subject, string reader, string nobody)
    {
        var rendered = Rendered.Of(new Issue { Subject = subject, Title = "Ports" }, Rendered.Publication("harbor-brief"));
        Assert.Empty(rendered.Problems);
        Assert.Equal(reader, PersonalPreview.Of(rendered, Rendered.Publication("harbor-brief"), null, Reader).Subject);
        Assert.Equal(nobody, PersonalPreview.SubjectOf(rendered.Subject));
        Assert.Equal(nobody, new HtmlParser().ParseDocument(PersonalPreview.ViewOnline(rendered, Rendered.Publication("harbor-brief"), null, mayIndex: true)).Title);
    }

    [Theory]
    [InlineData("Dear {{ subscriber.frist_name }}", "first_name")]
    [InlineData("{{ if subscriber.name }}never ended", "")]
    [InlineData("{{ subscriber.first_name }}", "reader of whom nothing is known")]
    public void A_subject_whose_hole_cannot_be_filled_may_not_be_sent(string subject, string says)
    {
        var problem = Assert.Single(Rendered.Of(new Issue { Subject = subject, Title = "Ports" }, Rendered.Publication("harbor-brief")).Problems);
        Assert.Equal(("personal-hole", "subject", Severity.Error), (problem.Code, problem.Item, problem.Severity));
        Assert.Contains(says, problem.Text);
    }

    [Fact]
    public void Braces_in_a_pasted_subject_are_text()
    {
        var rendered = Rendered.Of(new Issue { Subject = "{{ subscriber.email }}", Title = "Ports" }, Rendered.Publication("harbor-brief"), RenderOptions.Default with { EditorHoles = false });
        Assert.Equal("{{ subscriber.email }}", PersonalPreview.Of(rendered, Rendered.Publication("harbor-brief"), null, Reader with { FirstName = "Mia" }).Subject);
    }

    [Fact]
    public void A_value_in_a_link_is_percent_encoded()
    {
        var rendered = Rendered.Of(new Issue { Intro = "[x](https://news.example.test/?n={{ subscriber.email }}&m=1)" }, Rendered.Publication("harbor-brief"));
        Assert.Empty(rendered.Problems);
        Assert.Contains("href=\"https://news.example.test/?n=mia%40example.test&amp;m=1\"", PersonalPreview.Of(rendered, Rendered.Publication("harbor-brief"), null, Reader).Html);
    }

    private static PersonalMail Of(string golden, PersonalValues values) => PersonalPreview.Of(Rendered.Of(golden), Rendered.Publication(golden), null, values);
}
