using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrankMailer.Scriban;

namespace CrankMailer.Tests.Scriban;

public sealed class ScribanTemplateTests
{
    private static readonly ScribanOptions Options = ScribanOptions.Default;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> ModelKinds() => ["plain", "dictionary", "document", "element", "node"];

    [Theory]
    [MemberData(nameof(ModelKinds))]
    public void A_model_may_be_an_object_a_dictionary_or_json(string kind)
    {
        var plain = new { FirstName = "Ann", HTMLText = "<b>", Scores = new[] { 1, 2 }, Nested = new { IsOpen = true, Ratio = 1.5, Nothing = (string?)null } };
        const string Json = """{"first_name":"Ann","html_text":"<b>","scores":[1,2],"nested":{"is_open":true,"ratio":1.5,"nothing":null}}""";
        object? model = kind switch
        {
            "plain" => plain,
            "dictionary" => new Dictionary<string, object?>
            {
                ["first_name"] = "Ann", ["html_text"] = "<b>", ["scores"] = new List<int> { 1, 2 },
                ["nested"] = new Dictionary<string, object?> { ["is_open"] = true, ["ratio"] = 1.5, ["nothing"] = null },
            },
            "document" => JsonDocument.Parse(Json),
            "element" => JsonSerializer.Deserialize<JsonElement>(Json),
            _ => JsonNode.Parse(Json),
        };
        Assert.Equal("Ann <b> 2 [1, 2] true 1.5  3",
            ScribanTemplate.Render("{{ first_name }} {{ html_text }} {{ scores.size }} {{ scores }} {{ nested.is_open }} {{ nested.ratio }} {{ nested.nothing }} {{ nested | object.size }}", model));
    }

    [Fact]
    public void Values_of_a_model_keep_their_meaning()
    {
        var model = new
        {
            Day = new DateOnly(2026, 6, 18), Instant = new DateTimeOffset(2026, 6, 18, 17, 0, 0, TimeSpan.FromHours(-4)), Span = TimeSpan.FromMinutes(90),
            Letter = 'x', Kind = DayOfWeek.Friday, Id = new Guid("00000000-0000-0000-0000-000000000001"), Large = 9007199254740993L, Price = 1.10m,
            Url = new Uri("https://example.org/a"), Shout = (ScribanFunction)(a => $"{a[0]}!"),
        };
        Assert.Equal("18 Jun 2026|17:00|90|x|Friday|00000000-0000-0000-0000-000000000001|9007199254740993|1.10|https://example.org/a|hey!",
            ScribanTemplate.Render("{{ day }}|{{ instant | date.to_string '%R' }}|{{ span.total_minutes }}|{{ letter }}|{{ kind }}|{{ id }}|{{ large }}|{{ price }}|{{ url }}|{{ 'hey' | shout }}", model));
    }

    [Fact]
    public void A_template_changes_only_its_own_copy_of_the_model()
    {
        var list = new List<object> { 1 };
        var model = new Dictionary<string, object?> { ["o"] = new Dictionary<string, object?> { ["a"] = 1 }, ["l"] = list };
        Assert.Equal("23", ScribanTemplate.Render("{{ o.a = 2; l[0] = 3; o.b = 4; o.a; l[0] }}", model));
        Assert.Equal(1, list[0]);
        Assert.Single((Dictionary<string, object?>)model["o"]!);
        Assert.Equal(2, model.Count);
    }

    [Fact]
    public void Text_writer_and_utf8_get_the_same()
    {
        var template = ScribanTemplate.Parse("Grüße, {{ name }} 😀{{ for i in 1..3 }}\n  – {{ i }}{{ end }}");
        var model = new { Name = "Jörg “J”" };
        var bytes = new ArrayBufferWriter<byte>();
        template.Render(model, bytes, Options, Ct);
        Assert.Equal(template.Render(model, Options, Ct), Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    [Fact]
    public async Task One_template_can_be_rendered_by_many_threads_at_once()
    {
        var template = ScribanTemplate.Parse("{{ func f(x); ret x * 2; end }}{{ for i in 1..100; n = f(i); end }}{{ n }}{{ date.format = '%Y' }}{{ capture c }}{{ v }}{{ end }}{{ c }}{{ array.cycle ['a','b'] }}");
        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => template.Render(new { V = i }, Options, Ct), Ct)));
        Assert.Equal(Enumerable.Range(0, 64).Select(i => $"200{i}a"), results);
    }

    [Fact]
    public void Errors_carry_the_name_line_and_column()
    {
        var template = ScribanTemplate.Parse("a\n{{ 1 + }}\n{{ if }}{{ end }}", "theme/issue.mjml");
        Assert.Equal([("theme/issue.mjml", 2, 8), ("theme/issue.mjml", 3, 7)], template.Errors.Select(e => (e.Name, e.Line, e.Column)));
        Assert.Throws<ScribanException>(() => template.Render(null, Options, Ct));
        Assert.StartsWith("<input>(1,6) : error : ", Assert.Throws<ScribanException>(() => ScribanTemplate.Render("{{ a.b }}", null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_inside_an_include_names_the_included_template()
    {
        var error = Assert.Throws<ScribanException>(() => ScribanTemplate.Render("{{ include 'part' }}", null, _ => "\n{{ a.b }}"));
        Assert.StartsWith("part(2,6) : error : ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Strict_variables_name_what_was_probably_meant()
    {
        var options = new ScribanOptions { StrictVariables = true };
        var error = Assert.Throws<ScribanException>(() => ScribanTemplate.Parse("{{ publicaton.name }}").Render(new { Publication = new { Name = "x" } }, options, Ct));
        Assert.Equal("<input>(1,4) : error : The variable or function `publicaton` was not found. Did you mean `publication`?", error.Message);
    }

    [Theory]
    [InlineData("{{ issue.title }} {{ issue['date'] }} {{ x }}", "issue.date issue.title x")]
    [InlineData("{{ for s in issue.stories }}{{ s.title }}{{ for.index }}{{ end }}", "issue.stories")]
    [InlineData("{{ func f(a); a; b; end; f c.d }}", "b c.d")]
    [InlineData("{{ x = a.b; x.c }}{{ capture y }}{{ z }}{{ end }}{{ y }}", "a.b z")]
    [InlineData("{{ a[b.c].d }} {{ a.e.size | string.upcase d }} {{ 'x' | object.default e ?? f }}", "a a.e.size b.c d e f")]
    [InlineData("{{ with a.b }}{{ c }}{{ end }}{{ $l }}{{ $0 }}{{ this.q }}", "a.b")]
    [InlineData("{{ include 'x' n.m }}{{ date.now }}{{ $\"{i.j}\" }}{{ if k && !l.m; end }}", "i.j k l.m n.m")]
    public void The_global_paths_a_template_reads_are_known(string template, string paths) =>
        Assert.Equal(paths, string.Join(' ', ScribanTemplate.Parse(template).GlobalPaths));

    [Fact]
    public void The_culture_of_the_options_rules_numbers_and_dates()
    {
        var options = new ScribanOptions { Culture = CultureInfo.GetCultureInfo("de-DE") };
        var text = ScribanTemplate.Parse("{{ 1.5 }} {{ date.parse '05.03.2026' | date.to_string '%d %B %Y' }} {{ 1234.5 | object.format 'N1' }}").Render(null, options, Ct);
        Assert.Equal("1,5 05 März 2026 1.234,5", text);
    }

    [Fact]
    public void Included_templates_may_be_parsed_already()
    {
        var part = ScribanTemplate.Parse("<{{ $1 }}>", "part");
        var options = new ScribanOptions { IncludeTemplate = name => name == "part" ? part : null, Include = name => name == "other" ? "[{{ $1 }}]" : null };
        Assert.Equal("<1>[2]", ScribanTemplate.Parse("{{ include 'part' 1 }}{{ include 'other' 2 }}").Render(null, options, Ct));
    }
}
