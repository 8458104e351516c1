using System.Buffers;
using System.Text;
using CrankMailer.Scriban.Personal;

namespace CrankMailer.Tests.Scriban;

public sealed class PersonalTemplateTests
{
    private static readonly PersonalSyntax Html = new() { UrlHosts = ["news.example.test"], SafeHtml = ["publication.badge"] };

    private static readonly string[] Known = ["subscriber.email", "subscriber.first_name", "subscriber.attributes.*", "campaign.id", "links.*"];

    [Theory]
    [InlineData("Dear {{ subscriber.first_name }},", "Dear &lt;b&gt; &quot;Ann&quot; &amp; &#39;Co&#39;,")]
    [InlineData("{{ subscriber.last_name ?? 'reader' }}", "reader")]
    [InlineData("{{ subscriber.nick ?? subscriber.last_name ?? \"you\" }}", "you")]
    [InlineData("{{ subscriber.first_name | string.upcase }}", "&lt;B&gt; &quot;ANN&quot; &amp; &#39;CO&#39;")]
    [InlineData("{{ subscriber.first_name | html.escape }}", "&lt;b&gt; &quot;Ann&quot; &amp; &#39;Co&#39;")]
    [InlineData("{{ subscriber.note | html.newline_to_br }}", "a<br />\n&lt;b")]
    [InlineData("{{ subscriber.since | date.to_string '%d %B %Y' }}", "05 March 2019")]
    [InlineData("{{ subscriber.since }}", "05 Mar 2019")]
    [InlineData("{{ subscriber.attributes['plan'] }} {{ subscriber.count }} {{ subscriber.gold }}", "free 7 true")]
    [InlineData("{{ publication.badge | html.raw }}", "<i>!</i>")]
    [InlineData("<a href=\"{{ links.unsubscribe }}\">x</a>", "<a href=\"https://news.example.test/u/1?a=1&amp;b=2\">x</a>")]
    [InlineData("<a href='{{ links.unsubscribe }}&amp;n={{ subscriber.first_name }}'>", "<a href='https://news.example.test/u/1?a=1&amp;b=2&amp;n=%3Cb%3E%20%22Ann%22%20%26%20%27Co%27'>")]
    [InlineData("<a href=\"https://news.example.test/x?e={{ subscriber.email }}\">", "<a href=\"https://news.example.test/x?e=j%C3%B6%40example.org\">")]
    [InlineData("<a href=\"https://news.example.test/x?e={{ subscriber.email | html.url_encode }}\">", "<a href=\"https://news.example.test/x?e=j%C3%B6%40example.org\">")]
    [InlineData("<a href=\"/x/{{ subscriber.email }}#{{ campaign.id }}\">", "<a href=\"/x/j%C3%B6%40example.org#42\">")]
    [InlineData("<img alt=\"{{ subscriber.first_name }}\">", "<img alt=\"&lt;b&gt; &quot;Ann&quot; &amp; &#39;Co&#39;\">")]
    [InlineData("{{ if subscriber.first_name }}Hi{{ else }}Hello{{ end }} {{ if subscriber.last_name }}x{{ else if subscriber.gold }}gold{{ else }}y{{ end }}", "Hi gold")]
    [InlineData("{{ if subscriber.attributes.plan == 'free' && !subscriber.last_name || false }}1{{ end }}{{ if campaign.id != 42 }}2{{ end }}{{ if subscriber.nothing == null }}3{{ end }}", "13")]
    [InlineData("<p>\n  {{~ subscriber.email ~}}\n</p>{%{ {{ x }} }%}", "<p>\njö@example.org</p> {{ x }} ")]
    [InlineData("<!--[if mso]><a href=\"{{ links.unsubscribe }}\">x</a><![endif]-->", "<!--[if mso]><a href=\"https://news.example.test/u/1?a=1&amp;b=2\">x</a><![endif]-->")]
    [InlineData("<a href=\"{{ if subscriber.gold }}{{ links.a }}{{ else }}{{ links.unsubscribe }}{{ end }}\">", "<a href=\"https://news.example.test/a\">")]
    [InlineData("{{ subscriber.last_name ?? &quot;a &amp; b&quot; }} &quot;{%{{{ &quot; }}}%}", "a &amp; b &quot;{{ &quot; }}")]
    [InlineData("{{ if campaign.id == 42 &amp;&amp; subscriber.attributes.plan == &#39;free&#39; }}y{{ end }}", "y")]
    public void Html_is_escaped_by_the_place_of_each_hole(string text, string expected)
    {
        var program = PersonalTemplate.Compile(text, Html);
        Assert.Empty(program.Errors);
        Assert.Equal(expected, Write(program));
    }

    [Theory]
    [InlineData("{{ x = 1 }}", "(1,4)")]
    [InlineData("a\n{{ for i in 1..3 }}{{ end }}", "(2,4)")]
    [InlineData("{{ include 'x' }}", "(1,4)")]
    [InlineData("{{ subscriber.email | object.eval }}", "(1,23)")]
    [InlineData("{{ subscriber.email | string.upcasee }}", "(1,23)")]
    [InlineData("{{ 1 + 2 }}", "(1,4)")]
    [InlineData("{{ subscriber.email | html.raw }}", "(1,23)")]
    [InlineData("{{ date.now }}", "(1,4)")]
    [InlineData("{{ if subscriber.email | string.empty }}{{ end }}", "(1,7)")]
    [InlineData("{{ if true }}", "(1,12)")]
    [InlineData("<a href=\"{{ subscriber.email }}\">", "(1,13)")]
    [InlineData("<a href=\"{{ subscriber.email }}://x\">", "(1,13)")]
    [InlineData("<a href=\"https://{{ subscriber.email }}/\">", "(1,21)")]
    [InlineData("<a href=\"https://news.example.test{{ subscriber.email }}/\">", "(1,38)")]
    [InlineData("<a href=\"https://news.example.test@evil.test/{{ subscriber.email }}\">", "(1,49)")]
    [InlineData("<a href=\"//evil.test/{{ subscriber.email }}\">", "(1,25)")]
    [InlineData("<a href=\"https://evil.test/{{ subscriber.email }}\">", "(1,31)")]
    [InlineData("<a href=\"javascript:x({{ subscriber.email }})\">", "(1,26)")]
    [InlineData("<a href=\"java&#115;cript:x({{ subscriber.email }})\">", "(1,31)")]
    [InlineData("<a href=\"{{ links.a }}{{ subscriber.email }}\">", "(1,26)")]
    [InlineData("<a href={{ links.a }}>", "(1,12)")]
    [InlineData("<a {{ subscriber.email }}>", "(1,7)")]
    [InlineData("<{{ subscriber.email }}>", "(1,5)")]
    [InlineData("<p style=\"{{ subscriber.email }}\">", "(1,14)")]
    [InlineData("<p onclick=\"{{ subscriber.email }}\">", "(1,16)")]
    [InlineData("<script>{{ subscriber.email }}</script>", "(1,12)")]
    [InlineData("<style>a{}{{ subscriber.email }}</style>", "(1,14)")]
    [InlineData("<!-- {{ subscriber.email }} -->", "(1,9)")]
    [InlineData("{{ if subscriber.gold }}<a title=\"{{ end }}{{ subscriber.email }}\">", "(1,4)")]
    [InlineData("<a href=\"{{ if subscriber.gold }}https://news.example.test/{{ end }}{{ links.a }}\">", "(1,13)")]
    public void Everything_else_is_an_error_with_its_place(string text, string place)
    {
        var program = PersonalTemplate.Compile(text, Html, "issue.html");
        Assert.NotEmpty(program.Errors);
        Assert.StartsWith($"issue.html{place} : error : ", program.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(program.Segments);
    }

    [Fact]
    public void Entities_in_code_do_not_move_the_places_behind_them()
    {
        var program = PersonalTemplate.Compile("{{ a.b ?? &quot;x&quot; -}}  {{ 1 + 2 }}", Html);
        Assert.Equal("<input>(1,33)", program.Errors[0].ToString().Split(" :")[0]);
    }

    [Fact]
    public void A_header_is_one_line_whatever_its_values_say()
    {
        var program = PersonalTemplate.Compile("Hi {{ subscriber.note }}", new PersonalSyntax { Medium = PersonalMedium.Header });
        Assert.Equal("Hi a <b", Write(program));
    }

    [Fact]
    public void Plain_text_is_not_escaped()
    {
        var program = PersonalTemplate.Compile("Hi {{ subscriber.first_name }}: {{ links.unsubscribe }}", new PersonalSyntax { Medium = PersonalMedium.Text });
        Assert.Equal("Hi <b> \"Ann\" & 'Co': https://news.example.test/u/1?a=1&b=2", Write(program));
    }

    [Fact]
    public void Literals_stand_apart_from_holes_so_that_they_can_be_encoded_once()
    {
        var program = PersonalTemplate.Compile("a{{ subscriber.email }}b{{ if subscriber.gold }}c{{ campaign.id }}{{ end }}d", Html);
        Assert.Collection(program.Segments,
            s => Assert.Equal("a"u8, Assert.IsType<PersonalSegment.Literal>(s).Utf8.Span),
            s => Assert.Equal((0, PersonalContext.HtmlText), (Assert.IsType<PersonalSegment.Hole>(s).Index, ((PersonalSegment.Hole)s).Context)),
            s => Assert.IsType<PersonalSegment.Literal>(s),
            s => Assert.Equal(1, Assert.IsType<PersonalSegment.Hole>(Assert.IsType<PersonalSegment.Branch>(s).Then[1]).Index),
            s => Assert.Equal("d"u8, Assert.IsType<PersonalSegment.Literal>(s).Utf8.Span));
        Assert.Equal(2, program.HoleCount);
    }

    [Fact]
    public void Unknown_names_are_found_with_their_place_and_the_likely_meaning()
    {
        var program = PersonalTemplate.Compile("{{ links.unsubscribe }}\n{{ subscriber.frist_name }} {{ subscriber.attributes.anything }}", Html, "t");
        var problem = Assert.Single(program.UnknownPaths(Known));
        Assert.Equal("t(2,4) : error : The name `subscriber.frist_name` is not known. Did you mean `subscriber.first_name`?", problem.ToString());
        Assert.Equal("", Write(PersonalTemplate.Compile("{{ subscriber.frist_name }}", Html)));
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        var program = PersonalTemplate.Compile(
            "<p>{{ subscriber.first_name ?? 'x' }}</p><a href=\"{{ links.unsubscribe }}&n={{ subscriber.email }}\">{{ if subscriber.gold }}g{{ end }}</a>", Html);
        var values = new Values();
        var output = new ArrayBufferWriter<byte>(4096);
        program.Write(values, output);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            output.ResetWrittenCount();
            program.Write(values, output);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Write(PersonalTemplate program)
    {
        var output = new ArrayBufferWriter<byte>();
        program.Write(new Values(), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private sealed class Values : IPersonalValues
    {
        public PersonalValue Find(string path) => path switch
        {
            "subscriber.first_name" => PersonalValue.Of("<b> \"Ann\" & 'Co'"),
            "subscriber.last_name" => PersonalValue.Of(""),
            "subscriber.email" => PersonalValue.Of("jö@example.org"),
            "subscriber.note" => PersonalValue.Of("a\n<b"),
            "subscriber.since" => PersonalValue.Of(new DateTimeOffset(2019, 3, 5, 23, 0, 0, TimeSpan.FromHours(2))),
            "subscriber.attributes.plan" => PersonalValue.Of("free"),
            "subscriber.count" => PersonalValue.Of(7),
            "subscriber.gold" => PersonalValue.Of(true),
            "campaign.id" => PersonalValue.Of(42),
            "publication.badge" => PersonalValue.Of("<i>!</i>"),
            "links.unsubscribe" => PersonalValue.Of("https://news.example.test/u/1?a=1&b=2"),
            "links.a" => PersonalValue.Of("https://news.example.test/a"),
            _ => PersonalValue.None,
        };
    }
}
