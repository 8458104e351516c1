using CrankMailer.Mjml;

namespace CrankMailer.Tests.Mjml;

/// <summary>Scriban code that the personal phase evaluates later must come through untouched.</summary>
public sealed class TemplateCodeTests
{
    [Theory]
    [InlineData("<mj-text>Dear {{ subscriber.first_name ?? \"reader\" }},</mj-text>", "Dear {{ subscriber.first_name ?? \"reader\" }},")]
    [InlineData("<mj-text>{{ if a <b && c > d }}x{{ end }}</mj-text>", ">{{ if a <b && c > d }}x{{ end }}</div>")]
    [InlineData("<mj-button href=\"{{ links.unsubscribe }}\">x</mj-button>", "href=\"{{ links.unsubscribe }}\"")]
    [InlineData("<mj-button href=\"https://e.org/?q={{ x | html.url_encode }}&z=1\">x</mj-button>", "href=\"https://e.org/?q={{ x | html.url_encode }}&z=1\"")]
    [InlineData("<mj-button href=\"{{ x ?? \"y\" }}\">x</mj-button>", "href=\"{{ x ?? \"y\" }}\"")]
    [InlineData("<mj-button href='{{ x ?? \"y\" }}\"'>x</mj-button>", "href=\"{{ x ?? \"y\" }}&quot;\"")]
    [InlineData("<mj-raw>{{ if a < b }}</mj-raw><mj-text>x</mj-text><mj-raw>{{ end }}</mj-raw>", "{{ if a < b }}\n<tr>")]
    [InlineData("<mj-raw>{{ if a <b }}</mj-raw>", "{{ if a <b }}\n")]
    [InlineData("<mj-text>{%{{{ links.preferences }}}%}</mj-text>", ">{%{{{ links.preferences }}}%}</div>")]
    [InlineData("<mj-text color=\"{{ theme.ink }}\">x</mj-text>", "color:{{ theme.ink }};")]
    public void Code_stays_as_written(string block, string expected)
    {
        var result = MjmlCompiler.Compile(A.Column(block), MjmlOptions.Default);
        Assert.Contains(expected, result.Html);
        Assert.Empty(result.Problems);
    }

    [Fact]
    public void Code_survives_inline_styles_and_html_attributes()
    {
        var html = MjmlCompiler.Render(A.Column(
            "<mj-raw>{{ if a <b }}</mj-raw><mj-text><a href='{{ x ?? \"y\" }}'>{{ \"a\" < b }}</a></mj-text><mj-raw>{{ end }}</mj-raw>",
            "<mj-style inline=\"inline\">a { color: red; }</mj-style><mj-html-attributes><mj-selector path=\"a\"><mj-html-attribute name=\"rel\">x</mj-html-attribute></mj-selector></mj-html-attributes>"));
        Assert.Contains("{{ if a <b }}\n<tr>", html);
        Assert.Contains("<a href='{{ x ?? \"y\" }}' rel=\"x\" style=\"color: red;\">{{ \"a\" < b }}</a>", html);
    }

    [Fact]
    public void Code_in_a_rule_survives_into_the_style_attribute()
    {
        var html = MjmlCompiler.Render(A.Column(
            "<mj-text><p>x</p></mj-text>", "<mj-style inline=\"inline\">p { color: {{ theme.ink ?? \"red\" }}; margin: 0; } b { top: 0; }</mj-style>"));
        Assert.Contains("<p style=\"color: {{ theme.ink ?? \"red\" }}; margin: 0;\">x</p>", html);
    }

    [Theory]
    [InlineData(MjmlLayout.Minified)]
    [InlineData(MjmlLayout.Beautified)]
    public void Code_survives_every_layout(MjmlLayout layout)
    {
        var html = MjmlCompiler.Compile(
            A.Column("<mj-raw>{{ if a <b }}</mj-raw><mj-text>{{ x }} {{ y }}</mj-text>"), MjmlOptions.Default with { Layout = layout }).Html;
        Assert.Contains("{{ if a <b }}", html);
        Assert.Contains("{{ x }} {{ y }}", html);
    }

    [Fact]
    public void Code_between_elements_is_warned_of_as_mjml_drops_it()
    {
        var problem = Assert.Single(MjmlCompiler.Compile("<mjml><mj-body>{{ if x }}<mj-section></mj-section>\n</mj-body></mjml>", MjmlOptions.Default).Problems);
        Assert.Equal(MjmlSeverity.Warning, problem.Severity);
        Assert.Contains("mj-raw", problem.Message);
        Assert.Equal(16, problem.Column);
    }
}
