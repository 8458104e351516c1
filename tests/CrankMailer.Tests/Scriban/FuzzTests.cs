using System.Diagnostics;
using System.Text;
using CrankMailer.Scriban;
using CrankMailer.Scriban.Personal;
using CrankMailer.Scriban.TwoPhase;

namespace CrankMailer.Tests.Scriban;

/// <summary>Random templates, by fixed seeds and one new one: nothing crashes, hangs or exceeds its limits.</summary>
public sealed class FuzzTests
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);

    private static readonly ScribanLimits Limits = new() { LoopSteps = 50, Work = 20_000, TextLength = 20_000, TotalText = 500_000, RegexTimeout = TimeSpan.FromMilliseconds(50) };

    private static readonly string[] Pieces =
    [
        "{{", "}}", "{%{", "}%}", "-}}", "{{~", "\n", " ", ";", "if ", "else ", "end ", "for x in ", "while ", "case ", "when ", "func f", "(x, y = 1)", "ret ",
        "do ", "wrap f ", "with a ", "capture c ", "import a ", "readonly x ", "tablerow x in ", "break ", "continue ", "include 'i' ", "$$ ", "$0 ", "$x ", "this",
        "x", "a", "b.c", "x.size", "[", "]", "{", "}", "(", ")", ":", ",", ".", "..", "..<", "?.", "?", "??", "?!", "|", "|>", "||", "&&", "!", "+", "-", "*", "/",
        "//", "%", "<<", ">>", "=", "+=", "==", "<", "++", "^", "@", "1", "0", "-1", "2.5", "1e9", "0xFF", "99999999999", "'s'", "\"t\"", "`r`", "$\"{x}\"", "null", "true",
        "empty", "f ", "#", "##", "\\", "'", "\"", "é", "\ud83d", "for.index", "limit: 2 ", "reversed ",
        "string.split ' '", "array.sort", "array.join ','", "string.slice 1", "regex.replace '(a+)+' '$0$0'", "object.eval", "object.eval_template", "object.to_json",
        "math.round 2", "date.parse '2020-01-01'", "date.to_string '%c'", "array.each @f", "string.pad_left 50", "timespan.from_days 5", "html.strip", "object.typeof",
    ];

    public static TheoryData<int> Seeds() => [1, 2, 3, 4, 5, Environment.TickCount];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_template_crashes_hangs_or_exceeds_its_limits(int seed)
    {
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < 4000 && clock.Elapsed < Time; round++)
        {
            var text = Generate(random);
            var start = clock.Elapsed;
            var error = Record.Exception(() => Render(text));
            Assert.True(error is null or ScribanException, $"seed {seed}: {text}\n{error}");
            Assert.True(clock.Elapsed - start < TimeSpan.FromSeconds(10), $"seed {seed} took {clock.Elapsed - start}: {text}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_values_stay_inert_between_random_literals(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 3000; round++)
        {
            var first = RandomBraces(random);
            var second = RandomBraces(random);
            // Literal text between values that is itself no code.
            var between = random.Next(3) switch { 0 => "", 1 => "%", _ => "} %}" };
            var model = new { A = first, B = second };
            var inert = InertText.Render(ScribanTemplate.Parse($"{{{{ a }}}}{between}{{{{ b }}}}"), model, ScribanOptions.Default, TestContext.Current.CancellationToken);
            Assert.True(first + between + second == ScribanTemplate.Render(inert, null), $"seed {seed}: [{first}] [{between}] [{second}] gave {inert}");
        }
    }

    private static string RandomBraces(Random random)
    {
        var result = new StringBuilder();
        for (var i = random.Next(9); i >= 0; i--) result.Append("{{{}}%%-~ \nax"[random.Next(13)]);
        return result.ToString();
    }

    private static string Generate(Random random)
    {
        var result = new StringBuilder(random.Next(4) == 0 ? "" : "{{ ");
        for (var i = random.Next(1, 40); i >= 0; i--)
        {
            result.Append(Pieces[random.Next(Pieces.Length)]);
            if (random.Next(3) == 0) result.Append(' ');
        }
        return result.Append(random.Next(3) == 0 ? "" : " }}").ToString();
    }

    private static void Render(string text)
    {
        var template = ScribanTemplate.Parse(text, limits: Limits);
        Assert.NotNull(template.GlobalPaths);
        PersonalTemplate.Compile(text, new PersonalSyntax());
        var model = new Dictionary<string, object?> { ["x"] = new[] { 3, 1, 2 }, ["a"] = new { B = "text", C = 1.5 }, ["b"] = new { C = new[] { "p", "q" } } };
        var options = new ScribanOptions { Limits = Limits, Include = _ => text.Length < 60 ? text : "{{ x }}" };
        var output = template.Render(model, options, TestContext.Current.CancellationToken);
        Assert.InRange(output.Length, 0, Limits.TextLength);
    }
}
