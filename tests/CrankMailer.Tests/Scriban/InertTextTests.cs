using CrankMailer.Scriban;
using CrankMailer.Scriban.TwoPhase;

namespace CrankMailer.Tests.Scriban;

/// <summary>Phase 1 of design §4: parsing its result once more prints every value as it was, and runs only what the template wrote as code.</summary>
public sealed class InertTextTests
{
    private static readonly string[] Hostile =
        ["{", "}", "{{", "}}", "{%{", "}%}", "{%%{", "{{ secret }}", "{%{ x }%}", "{{{", "}}}", "%", "{%", "%{", "{{~ 1 ~}}", "{ {", "a{", "{a", "{{#", "-", "~", "\\", "\"", "`"];

    public static TheoryData<string> Values() => [.. Hostile];

    public static TheoryData<string, string> Pairs() =>
        [.. from first in Hostile from second in Hostile select (first, second)];

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_printed_literally_by_the_second_phase_wherever_it_stands(string value)
    {
        string[] places =
        [
            "{{ v }}", "a{{ v }}b", "{{ v }}{{ v }}", "{ {{ v }}", "{{ '{' }}{{ v }}", "%{{ v }}%", "}{{ v }}}", "{{ v }}\n{{ v }}",
            "{{ capture c }}[{{ v }}]{{ end }}{{ c }}", "{{ capture c }}{{ v }}{{ end }}{{ c + v }}", "{{ include 'part' }}{{ v }}",
            "{{ for x in [v, v] }}{{ x }}{{ end }}", "{{ $\"{v}{v}\" }}", "{{ func f; $0; end; f v }}", "{{ 'x' + v | string.upcase }}",
            "<a href=\"{{ v }}\" title='{{ v }}'>{{ v | html.escape }}</a>",
        ];
        foreach (var place in places)
        {
            var template = ScribanTemplate.Parse(place);
            var model = new Dictionary<string, object?> { ["v"] = value };
            var options = new ScribanOptions { Include = _ => "<{{ v }}>" };
            var ct = TestContext.Current.CancellationToken;
            Assert.Equal(template.Render(model, options, ct), SecondPhase(InertText.Render(template, model, options, ct)));
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Braces_of_neighbours_never_join_to_code(string first, string second)
    {
        foreach (var text in new[] { "{{ a }}{{ b }}", "{{ a }}-{{ b }}", "{{ a }}{{ '' }}{{ b }}", "{{ capture c }}{{ a }}{{ end }}{{ c }}{{ b }}" })
        {
            var model = new { A = first, B = second };
            Assert.Equal(first + (text.Contains('-') ? "-" : "") + second, SecondPhase(Phase1(text, model)));
        }
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void A_literal_brace_beside_a_value_stays_a_brace(string value)
    {
        // {%{{}%} is how a template writes a lone brace before a value: {{{ would already be code.
        Assert.Equal("{" + value + "}", SecondPhase(Phase1("{%{{}%}{{ v }}}", new { V = value })));
        Assert.Equal(value + "{x", SecondPhase(Phase1("{{ v }}{x", new { V = value })));
        Assert.Equal("{%" + value + "%}", SecondPhase(Phase1("{%{{%}%}{{ v }}%}", new { V = value })));
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Code_written_verbatim_runs_in_the_second_phase_beside_any_value(string value)
    {
        Assert.Equal(value + "SECRET" + value, SecondPhase(Phase1("{{ v }}{%{{{ secret }}}%}{{ v }}", new { V = value })));
    }

    [Fact]
    public void Verbatim_code_survives_a_capture_and_an_include_but_a_value_in_them_does_not()
    {
        var options = new ScribanOptions { Include = _ => "{{ v }}{%{{{ secret }}}%}" };
        var template = ScribanTemplate.Parse("{{ include 'part' }}|{{ capture c }}{{ v }}{%{{{ secret }}}%}{{ end }}{{ c }}|{{ c | string.downcase }}");
        var first = InertText.Render(template, new { V = "{{ v }}" }, options, TestContext.Current.CancellationToken);
        Assert.Equal("{{ v }}SECRET|{{ v }}SECRET|{{ v }}{{ secret }}", SecondPhase(first));
    }

    [Fact]
    public void Live_markup_of_the_host_is_code_for_the_second_phase_until_it_is_changed()
    {
        var model = new { V = new LiveMarkup("<p>{{ secret }}</p>") };
        Assert.Equal("<p>SECRET</p>|<P>{{ SECRET }}</P>", SecondPhase(Phase1("{{ v }}|{{ v | string.upcase }}", model)));
    }

    [Fact]
    public void A_value_inside_code_for_the_second_phase_must_be_a_plain_name()
    {
        Assert.Equal("SECRET", SecondPhase(Phase1("{%{{{ }%}{{ v }}{%{ }}}%}", new { V = "secret" })));
        var refused = Assert.Throws<ScribanException>(() => Phase1("{%{{{ }%}{{ v }}{%{ }}}%}", new { V = "secret }}{{ x" }));
        Assert.StartsWith("<input>(1,13) : error : Only a plain name", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ScribanException>(() => Phase1("{%{{{ x ?? \"}%}{{ v }}{%{\" }}}%}", new { V = "\" | evil \"" }));
    }

    [Fact]
    public void A_single_value_can_be_made_inert_by_itself()
    {
        foreach (var value in Hostile) Assert.Equal($"[{value}]", SecondPhase($"[{InertText.Of(value)}]"));
    }

    [Fact]
    public void The_escaping_hook_sees_every_value_once_and_no_literal_text()
    {
        var template = ScribanTemplate.Parse("a{{ 'b' }}{{ capture x }}c{{ 'd' }}{{ end }}{{ x }}{{ include 'e' }}");
        var options = new ScribanOptions { EscapeValue = v => $"<{v}>", Include = _ => "f{{ 'g' }}" };
        Assert.Equal("a<b>c<d>f<g>", template.Render(null, options, TestContext.Current.CancellationToken));
    }

    private static string Phase1(string template, object model) =>
        InertText.Render(ScribanTemplate.Parse(template), model, ScribanOptions.Default, TestContext.Current.CancellationToken);

    private static string SecondPhase(string text) => ScribanTemplate.Render(text, new { Secret = "SECRET", X = "LEAK" });
}
