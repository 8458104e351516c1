using System.Text;
using System.Text.Json;
using CrankMailer.Scriban;

namespace CrankMailer.Tests.Scriban;

/// <summary>Every case of the corpora: what must render is equal, what must fail fails, at the place the corpus gives.</summary>
public sealed class ConformanceTests
{
    private const string Absent = "(corpora absent)";

    public static TheoryData<string> Files() => Cases(root => Directory.EnumerateFiles(root, "*.txt", SearchOption.AllDirectories)
        .Where(f => !f.EndsWith(".out.txt", StringComparison.Ordinal) && File.Exists(f[..^4] + ".out.txt"))
        .Select(f => Path.GetRelativePath(root, f)));

    public static TheoryData<string> Expressions() => Cases(root => File.ReadLines(Path.Combine(root, "exprs.tsv")).Skip(1).Select(l => l.Split('\t')[0]));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_template_file_gives_its_recorded_output(string name)
    {
        var file = Required.Corpus("scriban", name);
        var expected = File.ReadAllText(file[..^4] + ".out.txt");
        // A name with "error" must fail, but for those that record that there is none.
        var mustFail = name.Contains("error", StringComparison.Ordinal) && expected.StartsWith("text(", StringComparison.Ordinal);
        Check(File.ReadAllText(file), expected.TrimEnd(), mustFail, text => text.TrimEnd());
    }

    [Theory]
    [MemberData(nameof(Expressions))]
    public void An_expression_gives_its_recorded_output(string id)
    {
        var row = File.ReadLines(Required.Corpus("scriban", "exprs.tsv")).Select(l => l.Split('\t')).Single(r => r[0] == id);
        Check(Unescape(row[4]), Unescape(row[5]), row[2] == "error", text => text);
    }

    private static TheoryData<string> Cases(Func<string, IEnumerable<string>> list)
    {
        var root = Path.GetFullPath(Path.Combine(Required.Solution, Environment.GetEnvironmentVariable("CRANKMAILER_CORPORA") ?? "../shared/corpora", "scriban"));
        return Directory.Exists(root) ? [.. list(root).Order(StringComparer.Ordinal)] : [Absent];
    }

    private static void Check(string template, string expected, bool mustFail, Func<string, string> normalise)
    {
        var includes = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Required.Corpus("scriban", "includes.json")));
        var model = JsonDocument.Parse(File.ReadAllText(Required.Corpus("scriban", "model.json")));
        var options = new ScribanOptions { Include = name => includes?.GetValueOrDefault(name) };
        string Render() => normalise(ScribanTemplate.Parse(template, "text").Render(model, options, TestContext.Current.CancellationToken));
        if (mustFail) Assert.Equal(expected.TrimEnd(), Assert.Throws<ScribanException>(Render).Message.TrimEnd());
        else Assert.Equal(expected, Render());
    }

    /// <summary>\n, \t, \r and \\ of the table.</summary>
    private static string Unescape(string text)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length) result.Append(text[i]);
            else result.Append(text[++i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other });
        }
        return result.ToString();
    }
}
