using System.Diagnostics;
using System.Text;
using CrankMailer.Mjml;

namespace CrankMailer.Tests.Mjml;

/// <summary>Documents made to crash, hang or fill the memory.</summary>
public sealed class LimitTests
{
    private const int FiveMegabytes = 5_000_000;

    [Fact]
    public void Five_megabytes_of_sections_are_rendered()
    {
        const string Section = "<mj-section><mj-column><mj-text>Grain ships leave the harbour, <a href=\"https://e.org\">says the port</a>.</mj-text></mj-column></mj-section>\n";
        var html = MjmlCompiler.Render($"<mjml><mj-body>{Repeat(Section, FiveMegabytes)}</mj-body></mjml>");
        Assert.EndsWith("</html>\n", html);
    }

    [Theory]
    [InlineData("<mj-section>")]
    [InlineData("<mj-wrapper><mj-section><mj-column>")]
    [InlineData("<mj-foo>")]
    public void Deep_nesting_is_an_error_with_its_place(string tags)
    {
        var problems = MjmlCompiler.Compile($"<mjml><mj-body>{Repeat(tags, 1_000_000)}</mj-body></mjml>", MjmlOptions.Default).Problems;
        Assert.Contains(problems, p => p.Message.Contains("nested deeper"));
    }

    [Theory]
    [InlineData("<mj-text>")]
    [InlineData("<b>")]
    [InlineData("<")]
    [InlineData("<a ")]
    [InlineData("<a x=\"")]
    [InlineData("<!--")]
    [InlineData("<![CDATA[")]
    [InlineData("{{")]
    [InlineData("{{<")]
    [InlineData("</mj-button>")]
    [InlineData("</mj-column ")]
    [InlineData("a=\"{{")]
    public void Html_content_of_five_megabytes_of_anything_takes_no_time_to_speak_of(string piece)
    {
        var mjml = A.Column("<mj-text>" + Repeat(piece, FiveMegabytes) + "</mj-text>");
        var clock = Stopwatch.StartNew();
        MjmlCompiler.Compile(mjml, MjmlOptions.Default);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
    }

    [Theory]
    [InlineData("<mj-text ")]
    [InlineData("<mj-text x=\"")]
    [InlineData("a ")]
    [InlineData("<mj-section /")]
    [InlineData("</mj-section>")]
    [InlineData("<!--")]
    [InlineData("<?")]
    [InlineData("{{ <mj-text> }}")]
    public void Elements_of_five_megabytes_of_anything_take_no_time_to_speak_of(string piece)
    {
        var clock = Stopwatch.StartNew();
        Record.Exception(() => MjmlCompiler.Compile("<mjml><mj-body>" + Repeat(piece, FiveMegabytes) + "</mj-body></mjml>", MjmlOptions.Default));
        Record.Exception(() => MjmlCompiler.Compile("<mjml><mj-body " + Repeat(piece, FiveMegabytes) + "></mj-body></mjml>", MjmlOptions.Default));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
    }

    [Theory]
    [InlineData("a{b:c}")]
    [InlineData("{{")]
    [InlineData("a{b:{{ c }}}")]
    [InlineData("@a{")]
    [InlineData("@a;")]
    [InlineData("/*")]
    [InlineData("a{b:\"")]
    [InlineData("(")]
    [InlineData("}")]
    public void Inline_styles_of_anything_take_no_time_to_speak_of(string piece)
    {
        var mjml = A.Column("<mj-text>x</mj-text>", $"<mj-style inline=\"inline\">{Repeat(piece, 300_000)}</mj-style>");
        var clock = Stopwatch.StartNew();
        MjmlCompiler.Render(mjml);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
    }

    [Theory]
    [InlineData("* * * * * * * * * * * * * * x")]
    [InlineData("b ~ b ~ b ~ b ~ b ~ b ~ x")]
    [InlineData("b:nth-child(2n+1) b:last-of-type + x")]
    [InlineData(":not(:not(:not(:not(:not(:not(:not(:not(x))))))))")]
    public void Selectors_that_match_badly_take_no_time_to_speak_of(string selector)
    {
        var rule = selector + "{color:red}";
        var text = Repeat("<b>", 600) + Repeat("<b></b>", 60_000);
        var clock = Stopwatch.StartNew();
        Record.Exception(() => MjmlCompiler.Render(A.Column($"<mj-text>{text}</mj-text>", $"<mj-style inline=\"inline\">{Repeat(rule, 300)}</mj-style>")));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
    }

    [Fact]
    public void A_default_that_would_blow_up_the_html_is_refused()
    {
        var head = $"<mj-attributes><mj-all font-family=\"{new string('x', 1_000_000)}\" /></mj-attributes>";
        var refusal = Assert.Throws<MjmlException>(() => MjmlCompiler.Render(A.Column(Repeat("<mj-text>x</mj-text>", 200_000), head)));
        Assert.Contains("larger than", refusal.Message);
    }

    [Fact]
    public void A_carousel_of_thousands_is_refused()
    {
        var refusal = Assert.Throws<MjmlException>(() => MjmlCompiler.Render(A.Column($"<mj-carousel>{Repeat("<mj-carousel-image />", 100_000)}</mj-carousel>")));
        Assert.Contains("mj-carousel has", refusal.Message);
    }

    private static string Repeat(string piece, int length) =>
        new StringBuilder(length + piece.Length).Insert(0, piece, length / piece.Length).ToString();
}
