namespace CrankMailer.Tests.Rendering;

/// <summary>Every folder of cases/golden, byte for byte. UPDATE_GOLDEN=1 rewrites; the diff is reviewed.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Cases => [.. Directory.EnumerateDirectories(Rendered.Golden).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_edition_is_what_it_was(string name)
    {
        var rendered = Rendered.Of(name);
        Assert.Empty(rendered.Problems);
        Compare(name, "edition.mjml", rendered.Mjml);
        Compare(name, "edition.html", rendered.Html);
        Compare(name, "edition.txt", rendered.Text);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_same_issue_renders_to_the_same_bytes(string name)
    {
        var (first, second) = (Rendered.Of(name), Rendered.Of(name));
        Assert.Equal((first.Html, first.Text, first.Subject, first.ThemeVersion), (second.Html, second.Text, second.Subject, second.ThemeVersion));
    }

    [Fact]
    public async Task One_renderer_serves_many_at_once()
    {
        var expected = Cases.Select(c => (string)c).ToDictionary(c => c, c => Rendered.Of(c).Html);
        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => (Name: expected.Keys.ElementAt(i % expected.Count), Html: Rendered.Of(expected.Keys.ElementAt(i % expected.Count)).Html))));
        Assert.All(results, r => Assert.Equal(expected[r.Name], r.Html));
    }

    private static void Compare(string name, string file, string text)
    {
        var path = Path.Combine(Rendered.Golden, name, file);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(path, text);
        Assert.True(File.Exists(path), $"{path} is missing. UPDATE_GOLDEN=1 writes it.");
        Assert.Equal(File.ReadAllText(path), text);
    }
}
