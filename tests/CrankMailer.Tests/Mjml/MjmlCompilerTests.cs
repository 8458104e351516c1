using CrankMailer.Mjml;

namespace CrankMailer.Tests.Mjml;

public sealed class MjmlCompilerTests
{
    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("<div>hello</div>")]
    [InlineData("<mjml><mj-head></mj-head></mjml>")]
    public void What_is_no_document_is_refused_with_its_place(string mjml)
    {
        var refusal = Assert.Throws<MjmlException>(() => MjmlCompiler.Render(mjml));
        Assert.StartsWith("mjml(1,1): error: ", refusal.Message);
    }

    [Fact]
    public void A_problem_names_file_line_column_and_tag()
    {
        var mjml = A.Column("\n  <mj-text foo=\"1\" color=\"nocolor\">x</mj-text>");
        var problems = MjmlCompiler.Compile(mjml, MjmlOptions.Default with { SourceName = "issue.mjml" }).Problems;
        Assert.Equal(
            ["issue.mjml(2,3): error: Attribute foo is illegal (in mj-text)",
             "issue.mjml(2,3): error: Attribute color has invalid value: nocolor for type Color  (in mj-text)"],
            problems.Select(p => p.ToString()));
    }

    [Fact]
    public void Strict_validation_refuses_what_soft_validation_reports_and_skip_passes_over()
    {
        var mjml = A.Column("<mj-text foo=\"1\">x</mj-text>");
        Assert.Single(MjmlCompiler.Compile(mjml, MjmlOptions.Default).Problems);
        Assert.Empty(MjmlCompiler.Compile(mjml, MjmlOptions.Default with { Validation = MjmlValidation.Skip }).Problems);
        Assert.Throws<MjmlException>(() => MjmlCompiler.Compile(mjml, MjmlOptions.Default with { Validation = MjmlValidation.Strict }));
    }

    [Fact]
    public void An_element_of_the_head_in_the_body_is_refused()
    {
        var refusal = Assert.Throws<MjmlException>(() => MjmlCompiler.Render("<mjml><mj-body>\n<mj-head></mj-head></mj-body></mjml>"));
        Assert.StartsWith("mjml(2,1): error: mj-head cannot be used inside mj-body, only inside: mjml, mj-attributes", refusal.Message);
    }

    [Fact]
    public void An_unclosed_element_is_closed_by_its_parent_and_warned_of()
    {
        var result = MjmlCompiler.Compile("<mjml><mj-body><mj-section><mj-column><mj-text>kept</mj-column></mj-section></mj-body></mjml>", MjmlOptions.Default);
        Assert.Contains(">kept</div>", result.Html);
        var warning = Assert.Single(result.Problems);
        Assert.Equal(MjmlSeverity.Warning, warning.Severity);
        Assert.Equal("mj-text", warning.Tag);
    }

    [Theory]
    [InlineData("<mjml><mj-body><mj-section", 16)]
    [InlineData("<mjml><mj-body><mj-section foo=\"x></mj-section></mj-body></mjml>", 16)]
    [InlineData("<mjml><mj-body><!-- no end </mj-body></mjml>", 16)]
    [InlineData("<mjml><mj-body><mj-raw>a <b class=\"></mj-raw></mj-body></mjml>", 26)]
    public void Markup_that_is_cut_off_is_an_error_at_its_place(string mjml, int column)
    {
        var problem = MjmlCompiler.Compile(mjml, MjmlOptions.Default).Problems.First(p => p.Severity == MjmlSeverity.Error);
        Assert.Equal((1, column), (problem.Line, problem.Column));
    }

    [Fact]
    public void Tags_may_be_written_in_capitals() =>
        Assert.Contains(">x</div>", MjmlCompiler.Render("<MJML><Mj-Body><MJ-SECTION><mj-column><MJ-TEXT>x</MJ-TEXT></mj-column></MJ-SECTION></Mj-Body></MJML>"));

    [Fact]
    public void Comments_stay_unless_told_otherwise()
    {
        var mjml = "<mjml><mj-body><!-- note --></mj-body></mjml>";
        Assert.Contains("<!-- note -->", MjmlCompiler.Render(mjml));
        Assert.DoesNotContain("note", MjmlCompiler.Compile(mjml, MjmlOptions.Default with { KeepComments = false }).Html);
    }

    [Fact]
    public void Only_known_fonts_in_use_are_linked()
    {
        var fonts = new Dictionary<string, string> { ["Harbor"] = "https://fonts.example.org/harbor.css", ["Quay"] = "https://fonts.example.org/quay.css" };
        var html = MjmlCompiler.Compile(A.Column("<mj-text font-family=\"Harbor, serif\">x</mj-text>"), MjmlOptions.Default with { Fonts = fonts }).Html;
        Assert.Contains("harbor.css", html);
        Assert.DoesNotContain("quay.css", html);
        Assert.DoesNotContain("googleapis", html);
    }

    [Fact]
    public void The_same_document_gives_the_same_html_each_time()
    {
        var mjml = A.Column("<mj-carousel><mj-carousel-image src=\"1\" /></mj-carousel><mj-navbar hamburger=\"hamburger\"></mj-navbar>");
        Assert.Equal(MjmlCompiler.Render(mjml), MjmlCompiler.Render(mjml));
    }

    [Fact]
    public void A_value_cannot_break_out_of_its_attribute_or_of_a_comment_for_Outlook()
    {
        var html = MjmlCompiler.Render("<mjml><mj-body><mj-section background-url='a\"--><script>x</script>'></mj-section></mj-body></mjml>");
        Assert.Contains("&quot;--&gt;<script>", html);
        Assert.DoesNotContain("\"-->", html);
    }

    [Fact]
    public void What_stands_between_a_pair_of_comments_for_the_minifier_stays_as_it_is()
    {
        const string Code = "{% if   a < 5 %}  <b> x </b>\n";
        var mjml = $"<mjml><mj-body><mj-raw><p>  y  </p><!-- htmlmin:ignore -->{Code}<!-- htmlmin:ignore --> <p>  z  </p></mj-raw></mj-body></mjml>";
        Assert.Contains($"<!-- htmlmin:ignore -->{Code}<!-- htmlmin:ignore -->", MjmlCompiler.Render(mjml));
        Assert.Contains($"<p>y</p>{Code}<p>z</p>", MjmlCompiler.Compile(mjml, MjmlOptions.Default with { Layout = MjmlLayout.Minified }).Html);
        Assert.DoesNotContain("ignore", MjmlCompiler.Compile(mjml, MjmlOptions.Default with { Layout = MjmlLayout.Beautified }).Html);
    }

    [Fact]
    public void Minified_html_is_shorter_and_beautified_html_is_indented()
    {
        var mjml = A.Column("<mj-text>a   <b>b</b>\n c</mj-text>");
        var plain = MjmlCompiler.Render(mjml);
        var minified = MjmlCompiler.Compile(mjml, MjmlOptions.Default with { Layout = MjmlLayout.Minified }).Html;
        var beautified = MjmlCompiler.Compile(mjml, MjmlOptions.Default with { Layout = MjmlLayout.Beautified }).Html;
        Assert.True(minified.Length < plain.Length);
        Assert.Contains(">a <b>b</b> c</div>", minified);
        Assert.Contains("\n  <body", beautified);
    }
}
