using System.Text.Json;
using CrankMailer.Rendering.Mails;
using CrankMailer.Rendering.Personal;

namespace CrankMailer.Tests.Rendering;

public sealed class MailRendererTests
{
    private static readonly MailRenderer Mails = new(Path.Combine(Rendered.Templates, "mails"));

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var name in MailModel.Needed.Keys)
                foreach (var lang in new[] { "en", "de" }) all.Add(name, lang);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_mail_says_its_matter_in_both_parts(string name, string lang)
    {
        var mail = Mails.Render(name, Model(name), Rendered.Publication("harbor-brief"), lang);
        Assert.NotEmpty(mail.Subject);
        foreach (var part in new[] { mail.Html, mail.Text })
        {
            Assert.Contains("https://news.example.test/t/abc", part);
            Assert.Contains("14 Lantern Quay", part);
            Assert.DoesNotContain("{{", part);
        }
        Assert.Contains($"<html lang=\"{lang}\"", mail.Html);
        Assert.All(System.Text.RegularExpressions.Regex.Matches(mail.Html, "<table\\b[^>]*>"), t => Assert.Contains("role=", t.Value));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(mail.Html, "<h1\\b"));
    }

    [Fact]
    public void The_confirmation_states_list_site_and_reason_and_nothing_typed_but_the_address()
    {
        var mail = Mails.Render(MailModel.Confirm, Model(MailModel.Confirm), Rendered.Publication("harbor-brief"), "en");
        foreach (var says in new[] { "Harbor Brief", "- Monthly & more", "a@b.test", "news.example.test", "without its owner's consent" }) Assert.Contains(says, mail.Text.Replace('\n', ' '));
        Assert.DoesNotContain("archive", mail.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Braces_and_markup_in_values_stay_what_they_are()
    {
        var model = Model(MailModel.Alert);
        model["title"] = "{{ publication.name }} <b> & {%{";
        model["text"] = "{{ 1 / 0 }} }}";
        var mail = Mails.Render(MailModel.Alert, model, Rendered.Publication("harbor-brief") with { Name = "{{ x }}" }, "en");
        Assert.Equal("[{{ x }}] {{ publication.name }} <b> & {%{", mail.Subject);
        Assert.Contains("{{ publication.name }} <b> & {%{", mail.Text);
        Assert.Contains("{{ 1 / 0 }} }}", mail.Text);
        Assert.Contains("&#123;&#123; publication.name &#125;&#125; &lt;b&gt; &amp; &#123;%&#123;", mail.Html);
    }

    [Fact]
    public void A_model_kept_as_json_gives_the_same_mail()
    {
        var model = Model(MailModel.Confirm);
        var kept = JsonSerializer.Deserialize<Dictionary<string, object?>>(JsonSerializer.Serialize(model))!;
        Assert.Equal(Mails.Render(MailModel.Confirm, model, Rendered.Publication("harbor-brief"), "en"), Mails.Render(MailModel.Confirm, kept, Rendered.Publication("harbor-brief"), "en"));
    }

    [Fact]
    public void A_test_of_an_issue_is_marked_in_subject_and_both_parts()
    {
        var mail = Mails.AsTest(new PersonalMail("<html><body class=\"x\"><p>Issue</p></body></html>", "Issue\n", "{{ June }}"), "{{ June }}", "Ada & Joost", "7", Rendered.Publication("harbor-brief"), "en");
        Assert.Equal("[Test] {{ June }}", mail.Subject);
        Assert.Matches("<body class=\"x\">\n<p style=\"[^\"]+\">Test of an issue .*Ada &amp; Joost.*</p><p>Issue</p>", mail.Html);
        Assert.StartsWith("Test of an issue that is not published. Sent by Ada & Joost", mail.Text);
        Assert.EndsWith("\n\nIssue\n", mail.Text);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Contains("button_url", Assert.Throws<ArgumentException>(() => Mails.Render(MailModel.Alert, new Dictionary<string, object?> { ["title"] = "t", ["text"] = "x" }, Rendered.Publication("arabic"), null)).Message);
        Assert.Throws<ArgumentException>(() => Mails.Render("spam", new Dictionary<string, object?>(), Rendered.Publication("arabic"), null));
    }

    [Fact]
    public void A_language_without_words_gets_english() =>
        Assert.Contains("Please confirm", Mails.Render(MailModel.Confirm, Model(MailModel.Confirm), Rendered.Publication("arabic"), "ar").Subject);

    private static Dictionary<string, object?> Model(string name) => MailModel.Needed[name].ToDictionary(n => n, n => (object?)(n switch
    {
        "button_url" => "https://news.example.test/t/abc",
        "items" => new[] { "Monthly & more", "Extra" },
        "days" => 7,
        "email" => "a@b.test",
        "site" => "news.example.test",
        _ => $"the {n}",
    }));
}
