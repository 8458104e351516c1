using CrankMailer.Mjml;

namespace CrankMailer.Tests.Mjml;

/// <summary>mj-style inline="inline": which rule wins, and what is left alone.</summary>
public sealed class InlineStyleTests
{
    [Theory]
    [InlineData("p{color:red} .x{color:blue}", "color: blue;")]
    [InlineData(".x{color:blue} p{color:red}", "color: blue;")]
    [InlineData("#i{color:blue} p.x.y{color:red}", "color: blue;")]
    [InlineData("p{color:red} p{color:blue}", "color: blue;")]
    [InlineData("p{color:red !important} #i{color:blue}", "color: red;")]
    [InlineData("div > p{color:blue} b p{color:red}", "color: blue;")]
    [InlineData("section p{color:blue} section > p{color:red}", "color: blue;")]
    [InlineData("i + p{color:blue} b + p{color:red}", "color: blue;")]
    [InlineData("u ~ p{color:blue} p ~ u{color:red}", "color: blue;")]
    [InlineData("p:not(.k){color:blue} p:nth-child(3){top:0}", "top: 0; color: blue;")]
    [InlineData("[title=t]{color:blue} [title=u]{color:red}", "color: blue;")]
    [InlineData("p:hover{color:red} p::before{color:red} @media (max-width:1px){p{color:red}} p{color:blue}", "color: blue;")]
    [InlineData("/* p{color:red} */ p{color:blue} broken{ p{color:red}", "color: blue;")]
    [InlineData("p{font-family:\"A B\", serif}", "font-family: 'A B', serif;")]
    [InlineData("p{--x:1; content:'a'; color:blue}", "color: blue;")]
    public void The_stronger_rule_wins(string css, string expected) => Assert.Equal(expected, StyleOf(css, ""));

    [Theory]
    [InlineData("p{color:red; top:0}", "color: pink", "top: 0; color: pink;")]
    [InlineData("p{color:red !important}", "color: pink", "color: red;")]
    [InlineData("p{color:red !important}", "color: pink !important", "color: pink;")]
    public void What_stands_at_the_element_is_stronger_but_for_important(string css, string own, string expected) =>
        Assert.Equal(expected, StyleOf(css, own));

    [Fact]
    public void Tables_say_in_attributes_what_old_clients_read_only_there()
    {
        var html = MjmlCompiler.Render(A.Column(
            "<mj-table><tr><td class=\"c\">1</td></tr></mj-table>",
            "<mj-style inline=\"inline\">.c{text-align:right;vertical-align:top;background-color:#eee;width:50px;height:auto}</mj-style>"));
        Assert.Contains("<td class=\"c\" style=\"text-align: right; vertical-align: top; background-color: #eee; width: 50px; height: auto;\" align=\"right\" valign=\"top\" bgcolor=\"#eee\" width=\"50\" height=\"auto\">", html);
    }

    [Fact]
    public void All_else_stays_byte_for_byte()
    {
        const string Text = "<P CLASS=q title='a\"b'>é &amp; &nbsp; <br/>\n  <custom-x/> {{ x < y }}</P><!-- <p> -->";
        var mjml = A.Column($"<mj-text>{Text}</mj-text>", "<mj-style inline=\"inline\">.none{color:red}</mj-style>");

        // To HTML a slash closes nothing: what it did not close ends with its parent, and gets an end tag there.
        Assert.Contains(Text.Replace("<custom-x/>", "<custom-x>").Replace("</P>", "</custom-x></P>"), MjmlCompiler.Render(mjml));
    }

    private static string StyleOf(string css, string own)
    {
        var html = MjmlCompiler.Render(A.Column(
            $"<mj-text><section><div><u></u><i></i><p id=\"i\" class=\"x y\" title=\"t\"{(own.Length > 0 ? $" style=\"{own}\"" : "")}>q</p></div></section></mj-text>",
            $"<mj-style inline=\"inline\">{css}</mj-style>"));
        var start = html.IndexOf("<p id=\"i\"", StringComparison.Ordinal);
        var tag = html[start..html.IndexOf('>', start)];
        return tag[(tag.IndexOf("style=\"", StringComparison.Ordinal) + 7)..^1];
    }
}
