using CrankMailer.Rendering.Prose;

namespace CrankMailer.Tests.Rendering;

public sealed class ProseTests
{
    private static readonly Place Body = new("sections[0].body");

    [Theory]
    [InlineData("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>")]
    [InlineData("<b>x</b> & y", "<p>&lt;b&gt;x&lt;/b&gt; &amp; y</p>")]
    [InlineData("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("- a\n- b", "<ul>\n<li>a\n</li>\n<li>b\n</li>\n</ul>")]
    [InlineData("3. a", "<ol start=\"3\">\n<li>a\n</li>\n</ol>")]
    [InlineData("[x](https://a.test/?q=1&r=2)", "<p><a href=\"https://a.test/?q=1&amp;r=2\">x</a></p>")]
    [InlineData("[x](javascript:alert(1))", "<p>x</p>")]
    [InlineData("[x](data:text/html,hi)", "<p>x</p>")]
    [InlineData("[x](/relative)", "<p>x</p>")]
    [InlineData("a&#123;b", "<p>a&#123;b</p>")]
    [InlineData("\\{\\{ x }}", "<p>&#123;&#123; x &#125;&#125;</p>")]
    [InlineData("{ .note }", "<p>&#123; .note &#125;</p>")]
    public void Block_markdown_becomes_mail_html(string markdown, string html) =>
        Assert.Equal(html, Html().Block(markdown, Body, under: 2));

    [Theory]
    [InlineData("1. May brings rain", "1. May brings rain")]
    [InlineData("[a]: b", "[a]: b")]
    [InlineData("# not a heading", "# not a heading")]
    [InlineData("a\nb", "a b")]
    [InlineData("a *b", "a *b")]
    public void A_line_of_inline_markdown_starts_no_block(string markdown, string html) =>
        Assert.Equal(html, Html().Inline(markdown, Body));

    [Fact]
    public void Links_inside_a_linked_headline_become_words() =>
        Assert.Equal("a <em>b</em>", Html().Inline("[a](https://a.test) *b*", Body, isLinked: true));

    [Fact]
    public void A_table_names_its_role_and_header_cells()
    {
        var html = Html().Block("| A | B |\n|---|--:|\n| 1 | 2 |", Body, under: 2);
        Assert.Contains("<table role=\"table\"", html);
        Assert.Contains("<th scope=\"col\">A</th><th scope=\"col\" style=\"text-align:right\">B</th>", html);
        Assert.Contains("<td>1</td><td style=\"text-align:right\">2</td>", html);
    }

    [Theory]
    [InlineData("# a\n\n### b\n\n## c", 2, "3,4,4")]
    [InlineData("### a\n\n# b\n\n## c", 1, "2,2,3")]
    [InlineData("# a\n\n## b\n\n### c\n\n#### d\n\n##### e", 3, "4,5,6,6,6")]
    public void Headings_in_a_body_stand_below_its_own_and_skip_no_level(string markdown, int under, string levels)
    {
        var html = Html().Block(markdown, Body, under);
        var found = System.Text.RegularExpressions.Regex.Matches(html, "<h([1-6])").Select(m => m.Groups[1].Value);
        Assert.Equal(levels, string.Join(',', found));
    }

    [Fact]
    public void A_hole_is_lifted_out_of_text_and_link_targets_and_put_back()
    {
        var holes = new HoleBag();
        var html = Html(holes).Block("Dear *{{ subscriber.first_name ?? \"reader\" }}*, [yours](https://a.test/?n={{ subscriber.name }}) [bye]({{ links.unsubscribe }})", Body, under: 1);
        Assert.Equal("<p>Dear <em>{{ subscriber.first_name ?? \"reader\" }}</em>, <a href=\"https://a.test/?n={{ subscriber.name }}\">yours</a> <a href=\"{{ links.unsubscribe }}\">bye</a></p>", holes.PutBack(html));
        Assert.Equal(3, holes.Holes.Count);
    }

    [Theory]
    [InlineData("a {{ b", "<p>a &#123;&#123; b</p>")]
    [InlineData("\\{{ b }}", "<p>&#123;&#123; b &#125;&#125;</p>")]
    public void What_is_no_hole_stays_text(string markdown, string html)
    {
        var holes = new HoleBag();
        Assert.Equal(html, holes.PutBack(Html(holes).Block(markdown, Body, under: 1)));
    }

    [Fact]
    public void No_hole_is_live_where_nobody_of_ours_typed()
    {
        var holes = new HoleBag();
        var html = new HtmlMedium(holes, editorHoles: false, ProseStyles.None, _ => null).Block("{{ subscriber.email }}", Body, under: 1);
        Assert.Equal("<p>&#123;&#123; subscriber.email &#125;&#125;</p>", holes.PutBack(html));
    }

    [Fact]
    public void A_hole_stands_neither_in_scheme_nor_in_host()
    {
        var medium = Html(new HoleBag());
        Assert.Equal("<p>x</p>", medium.Block("[x](https://{{ subscriber.name }}.test/)", Body, under: 1));
        Assert.Equal("<p>x</p>", medium.Block("[x]({{ subscriber.name }})", Body, under: 1));
        Assert.All(medium.Problems, p => Assert.Equal("unsafe-link", p.Code));
    }

    [Fact]
    public void An_empty_link_is_reported_with_its_field()
    {
        var medium = Html();
        medium.Block("see [here]()", Body, under: 1);
        var problem = Assert.Single(medium.Problems);
        Assert.Equal(("empty-link", "sections[0].body"), (problem.Code, problem.Item));
    }

    [Theory]
    [InlineData("a *b* **c**", "a b c")]
    [InlineData("- a\n- b\n  - c", "- a\n- b\n  - c")]
    [InlineData("2. a\n3. b", "2. a\n3. b")]
    [InlineData("> a\n> b", "> a b")]
    [InlineData("[x](https://a.test) [y](https://b.test) [x](https://a.test)", "x [1] y [2] x [1]")]
    [InlineData("[https://a.test](https://a.test) <https://b.test>", "https://a.test https://b.test")]
    [InlineData("[write](mailto:a@b.test) <a@b.test>", "write (a@b.test) a@b.test")]
    [InlineData("![a pier](https://a.test/x.png)", "[a pier]")]
    [InlineData("a  \nb", "a\nb")]
    [InlineData("## H\n\nx", "H\n---\n\nx")]
    public void Block_markdown_becomes_plain_text(string markdown, string text) =>
        Assert.Equal(text, Text().Block(markdown, Body, under: 1));

    [Fact]
    public void A_narrow_table_is_set_in_columns_and_a_wide_one_row_by_row()
    {
        Assert.Equal("A    B\n-  ---\n1  200", Text().Block("| A | B |\n|---|--:|\n| 1 | 200 |", Body, under: 1).Replace(Markers.HardSpace, ' '));
        var wide = new string('x', 60);
        Assert.Equal($"A: {wide}\nB: {wide}", Text().Block($"| A | B |\n|---|---|\n| {wide} | {wide} |", Body, under: 1));
    }

    [Theory]
    [InlineData("https://a.test/x y", "https://a.test/x%20y")]
    [InlineData("HTTPS://A.test/Ä", "https://a.test/%C3%84")]
    [InlineData("https://bücher.test/", "https://xn--bcher-kva.test/")]
    [InlineData("https://a.test/{x}'\"<>", "https://a.test/%7Bx%7D%27%22%3C%3E")]
    [InlineData("mailto:a@b.test", "mailto:a@b.test")]
    [InlineData("tel:+4912345", "tel:+4912345")]
    [InlineData("java\tscript:alert(1)", null)]
    [InlineData("https://user:pass@a.test/", null)]
    [InlineData("https://", null)]
    [InlineData("//a.test", null)]
    [InlineData("#top", null)]
    [InlineData("vbscript:x", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Only_web_mail_and_phone_addresses_are_linked(string? written, string? safe) => Assert.Equal(safe, SafeUrl.Find(written));

    [Fact]
    public void Noncharacters_controls_and_lone_surrogates_are_taken_out_of_values() =>
        Assert.Equal("a\uFFFDb\uFFFDc", Markers.Clean("a\uFDD0b\uD800\u0007c"));

    private static HtmlMedium Html(HoleBag? holes = null) => new(holes ?? new HoleBag(), editorHoles: true, ProseStyles.None, _ => null);

    private static TextMedium Text() => new(new HoleBag(), editorHoles: true);
}
