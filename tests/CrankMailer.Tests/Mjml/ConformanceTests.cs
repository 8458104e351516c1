using System.Text.Json;
using CrankMailer.Mjml;

namespace CrankMailer.Tests.Mjml;

/// <summary>Held against mjml 5.4.1 itself, by what it made of the documents of the corpus.</summary>
public sealed class ConformanceTests
{
    [Fact]
    public void Every_document_means_what_mjml_makes_of_it()
    {
        var documents = Documents().ToList();
        var differences = documents.Select(d => (d.Name, Difference: HtmlStructure.Difference(d.Html, MjmlCompiler.Render(d.Mjml))))
            .Where(d => d.Difference is not null).Select(d => $"{d.Name}: {d.Difference}").ToList();
        Assert.True(documents.Count > 100, $"only {documents.Count} documents found");
        Assert.True(differences.Count == 0, $"{differences.Count} of {documents.Count} differ\n" + string.Join('\n', differences.Take(10)));
    }

    [Theory]
    [InlineData(MjmlLayout.Minified)]
    [InlineData(MjmlLayout.Beautified)]
    public void No_layout_changes_the_meaning(MjmlLayout layout)
    {
        foreach (var (name, mjml, html) in Documents())
        {
            // These comments are for mjml's minifier only.
            var expected = html.Replace("<!-- htmlmin:ignore -->", "");
            var difference = HtmlStructure.Difference(expected, MjmlCompiler.Compile(mjml, MjmlOptions.Default with { Layout = layout }).Html);
            Assert.True(difference is null, $"{name}: {difference}");
        }
    }

    [Fact]
    public void Every_invalid_document_has_the_problems_mjml_finds()
    {
        foreach (var invalid in Errors())
        {
            var name = invalid.GetProperty("name").GetString();
            var mjml = invalid.GetProperty("mjml").GetString() ?? "";
            var soft = invalid.GetProperty("soft");
            if (soft.TryGetProperty("threw", out _))
            {
                Assert.Throws<MjmlException>(() => MjmlCompiler.Render(mjml));
                continue;
            }

            var expected = soft.GetProperty("errors").EnumerateArray()
                .Select(e => $"{e.GetProperty("line").GetInt32()} {e.GetProperty("tag").GetString()} {e.GetProperty("message").GetString()}");
            var actual = MjmlCompiler.Compile(mjml, MjmlOptions.Default).Problems
                .Where(p => p.Severity == MjmlSeverity.Error).Select(p => $"{p.Line} {p.Tag} {p.Message}");
            Assert.True(expected.SequenceEqual(actual), $"{name}: {string.Join(" | ", actual)}");
            var refused = invalid.GetProperty("strict").GetString() != "ok";
            var strict = MjmlOptions.Default with { Validation = MjmlValidation.Strict };
            Assert.Equal(refused, Record.Exception(() => MjmlCompiler.Compile(mjml, strict)) is MjmlException);
        }
    }

    private static IEnumerable<(string Name, string Mjml, string Html)> Documents() =>
        Directory.EnumerateFiles(Required.Corpus("mjml"), "*.mjml").Order(StringComparer.Ordinal).Select(file =>
            (Path.GetFileNameWithoutExtension(file), File.ReadAllText(file), File.ReadAllText(Path.ChangeExtension(file, ".html"))));

    private static IEnumerable<JsonElement> Errors() =>
        JsonDocument.Parse(File.ReadAllText(Required.Corpus("mjml", "errors.json"))).RootElement.EnumerateArray();
}
