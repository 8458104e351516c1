using System.Diagnostics;
using CrankMailer.Scriban;

namespace CrankMailer.Tests.Scriban;

/// <summary>A hostile template costs at most its limits and ends in an error of the engine.</summary>
public sealed class LimitsTests
{
    [Theory]
    [InlineData("{{ while true; end }}")]
    [InlineData("{{ for a in 1..999; for b in 1..999; for c in 1..999; end; end; end }}")]
    [InlineData("{{ x = 'a'; for i in 1..999; x = x + x; end }}")]
    [InlineData("{{ x = 'a' * 1000000; y = []; for i in 1..999; y = y << (x + i); end }}")]
    [InlineData("{{ x = [1]; for i in 1..999; x = x + x; end }}")]
    [InlineData("{{ x = 9; for i in 1..999; x = x * x; end }}")]
    [InlineData("{{ 1 << 2000000000 }}")]
    [InlineData("{{ func f; f; end; f }}")]
    [InlineData("{{ f(x) = f(x) + f(x); f 1 }}")]
    [InlineData("{{ include 'self' }}")]
    [InlineData("{{ t = '{{ t | object.eval_template }}'; t | object.eval_template }}")]
    [InlineData("{{ t = 't | object.eval'; t | object.eval }}")]
    [InlineData("{{ func f; $$; end; wrap f; f; $$; end }}{{ while true; wrap f; end; end }}")]
    [InlineData("{{ 'a' | string.pad_left 2000000000 }}")]
    [InlineData("{{ x = 'a' * 100000; x | string.replace 'a' x }}")]
    [InlineData("{{ x = 'a' * 100000; x | regex.replace 'a' x }}")]
    [InlineData("{{ x = 'a' * 100000; (1..999) | array.join x }}")]
    [InlineData("{{ 1 | math.format 'N999999999' }}")]
    [InlineData("{{ [] | array.insert_at 2000000000 1 }}")]
    [InlineData("{{ x = []; x[2000000000] = 1 }}")]
    [InlineData("{{ ('a' * 40) + '!' | regex.match '^(a+)+$' }}")]
    [InlineData("{{ a = []; a[0] = a; a }}")]
    [InlineData("{{ a = []; a[0] = a; b = []; b[0] = b; a == b }}")]
    [InlineData("{{ a = {}; a.x = a; a | object.to_json }}")]
    [InlineData("{{ d = date.parse '2020-01-01'; for i in 1..900; d = d | date.add_years 9000; end }}")]
    [InlineData("{{ x = '%c' * 500000; date.now | date.to_string x }}")]
    [InlineData("{{ x = 'a' * 900000; x; x }}")]
    public void A_costly_template_is_stopped(string template)
    {
        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Record.Exception(() => ScribanTemplate.Render(template, null, name => $"{{{{ include '{name}' }}}}"));
        Assert.IsType<ScribanException>(error);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"It took {clock.Elapsed}.");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1L << 30);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("-", "")]
    [InlineData("!", "")]
    [InlineData("1 + ", "")]
    [InlineData("1 + (", ")")]
    [InlineData("{a: ", "}")]
    [InlineData("a[", "]")]
    [InlineData("x.", "")]
    [InlineData("1 | ", "")]
    [InlineData("true ? ", " : 0")]
    [InlineData("if true; ", "; end")]
    [InlineData("if true; else ", "")]
    [InlineData("$\"{", "}\"")]
    [InlineData("do; ", "; end")]
    [InlineData("f(", ")")]
    public void Deep_nesting_is_an_error_and_never_a_crash(string open, string close)
    {
        foreach (var depth in new[] { 10, 1000, 100_000 })
        {
            var text = string.Concat(Enumerable.Repeat(open, depth)) + "x" + string.Concat(Enumerable.Repeat(close, depth));
            var error = Record.Exception(() => ScribanTemplate.Render("{{ " + text + " }}", null));
            Assert.True(error is null or ScribanException, error?.ToString());
            if (depth == 100_000) Assert.NotNull(error);
        }
    }

    [Theory]
    [InlineData("{{ '\\ud83d' | object.to_json }}{{ '\\ud83d' | html.url_encode | html.escape | string.sha256 }}")]
    [InlineData("{{ `[\"\\ud83d\"]` | object.from_json }}{{ `{\"a\":\"\\ud83d\"}` | object.from_json }}")]
    [InlineData("{{ [1, {}, 'a', null, [1], date.parse 'x', 0/0] | array.sort }}")]
    [InlineData("{{ [{}, 1] | array.sort }}")]
    [InlineData("{{ date.parse 'x' | date.to_string '%V %U %W %s %Z %c %x %X %j %v' }}")]
    [InlineData("{{ date.parse 'x' | date.to_string '%c %x' 'ar-SA' }}{{ date.parse 'x' | date.to_string '%U' 'fa-IR' }}")]
    [InlineData("{{ d = date.parse '2020-01-01'; d | date.add_days (0/0) }}{{ d | date.add_days (1/0) }}{{ d | date.add_months 2147483647 }}")]
    [InlineData("{{ timespan.from_days (0/0) }}")]
    [InlineData("{{ timespan.from_days 10675199; (date.parse '2020-01-01') + (timespan.from_days 10675190) }}")]
    [InlineData("{{ 0/0 | math.divided_by 2 }}{{ (1/0) | math.round }}{{ 5 | math.divided_by 0 }}")]
    [InlineData("{{ 'a' | string.slice (1/0) }}{{ 'a' | string.truncate (-5) }}{{ 'a' | string.pad_left (-5) }}{{ 'abc' | string.truncatewords (-1) }}")]
    [InlineData("{{ 1.5m * 1e300 }}")]
    [InlineData("{{ 79228162514264337593543950335m + 1 }}")]
    [InlineData("{{ 1 | object.format 'X' 'no-such-culture-at-all-xyz' }}{{ 1.5 | math.format 'X' }}")]
    [InlineData("{{ 'a' | regex.match '(' }}")]
    [InlineData("{{ 'a' | regex.replace 'a' '${nope}$9$' }}{{ '\\\\' | regex.unescape }}")]
    [InlineData("{{ '!' | string.base64_decode }}{{ '{' | object.from_json }}")]
    [InlineData("{{ for i in 1..3 limit: 'x' }}{{ end }}")]
    [InlineData("{{ (-9223372036854775807 - 1) // (-1) }}{{ 9223372036854775807..9223372036854775807 }}")]
    [InlineData("{{ x = [1,2]; for i in x; x = x << i; end; x }}{{ y = {a: 1}; for m in y; y.b = 2; y[m.key] = 3; end }}")]
    [InlineData("{{ import this; with this; this.a = this; end; this.size }}")]
    [InlineData("{{ func string; 1; end; string | string.upcase }}{{ date = null; date.now }}")]
    public void Odd_values_end_in_output_or_in_an_error_of_the_engine(string template)
    {
        var error = Record.Exception(() => ScribanTemplate.Render(template, null));
        Assert.True(error is null or ScribanException, error?.ToString());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0xF")]
    [InlineData("0b1")]
    public void A_number_of_a_million_digits_is_refused_at_once(string start)
    {
        var clock = Stopwatch.StartNew();
        Assert.Throws<ScribanException>(() => ScribanTemplate.Render("{{ " + start + new string('1', 1_000_000) + " }}", null));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"It took {clock.Elapsed}.");
    }

    [Theory]
    [InlineData("<")]
    [InlineData("<a'")]
    [InlineData("<!--")]
    [InlineData("<script>")]
    [InlineData("\"<")]
    public void Stripping_tags_from_hostile_text_takes_no_time(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 100_000));
        var clock = Stopwatch.StartNew();
        var error = Record.Exception(() => ScribanTemplate.Render("{{ t | html.strip | string.size }}", new { T = text }));
        Assert.True(error is null or ScribanException, error?.ToString());
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"It took {clock.Elapsed}.");
    }

    [Fact]
    public void Limits_can_be_set()
    {
        var options = new ScribanOptions { Limits = new ScribanLimits { LoopSteps = 5000, TextLength = 10 } };
        var ct = TestContext.Current.CancellationToken;
        Assert.Equal("", ScribanTemplate.Parse("{{ for i in 1..5000; end }}").Render(null, options, ct));
        Assert.Throws<ScribanException>(() => ScribanTemplate.Parse("12345678901").Render(null, options, ct));
    }

    [Fact]
    public void A_cancelled_token_ends_a_render()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => ScribanTemplate.Parse("{{ 1 }}").Render(null, ScribanOptions.Default, source.Token));
    }

    [Theory]
    [InlineData("{{ type.assembly }}")]
    [InlineData("{{ task.result }}")]
    [InlineData("{{ stream.length }}")]
    [InlineData("{{ text.get_type }}")]
    [InlineData("{{ callback }}")]
    [InlineData("{{ secret }}{{ private_part }}{{ get_hash_code }}{{ to_string }}")]
    public void A_template_reaches_nothing_behind_the_properties_of_its_model(string template)
    {
        var model = new Exposed();
        var error = Record.Exception(() => Assert.Equal("", ScribanTemplate.Render(template, model)));
        Assert.True(error is null or ScribanException, error?.ToString());
        Assert.False(model.WasCalled);
    }

    private sealed class Exposed
    {
        public Type Type => typeof(Exposed);

        public Task<int> Task => System.Threading.Tasks.Task.FromResult(1);

        public Stream Stream => new MemoryStream();

        public string Text => "t";

        public Action Callback => () => WasCalled = true;

        public bool WasCalled { get; private set; }

        public string Secret() => "method";

        private string PrivatePart => "private";
    }
}
