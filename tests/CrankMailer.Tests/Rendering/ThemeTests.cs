using System.Text.RegularExpressions;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Rendering;
using CrankMailer.Rendering.Themes;

namespace CrankMailer.Tests.Rendering;

public sealed class ThemeTests
{
    private const string Manifest = "title: Test\n";
    private const string Page = "<mjml><mj-body><mj-section><mj-column><mj-text>{{ issue.title }}</mj-text></mj-column></mj-section></mj-body></mjml>";

    [Fact]
    public void The_classic_theme_loads_without_a_problem() =>
        Assert.Empty(ThemeFolder.Load(Path.Combine(Rendered.Templates, "themes", "classic")).Problems);

    [Fact]
    public void Every_text_colour_of_the_palette_can_be_read_on_every_surface_in_light_and_dark()
    {
        var manifest = Rendered.Classic.Manifest;
        foreach (var palette in new[] { manifest.Light, manifest.Dark })
            foreach (var text in new[] { "ink", "soft" })
                foreach (var surface in new[] { "page", "paper", "tint" })
                    Assert.True(Contrast.Of(palette[text], palette[surface]) >= Contrast.Text, $"{text} on {surface}: {Contrast.Of(palette[text], palette[surface]):0.00}");
    }

    [Theory]
    [InlineData("#ffff00")]
    [InlineData("#000000")]
    [InlineData("#ffffff")]
    [InlineData("#00ff88")]
    [InlineData("#123456")]
    [InlineData("#808080")]
    [InlineData("#767676")]
    public void Whatever_accent_is_chosen_links_and_buttons_can_be_read(string accent)
    {
        var publication = Rendered.Publication("harbor-brief") with { Theme = new ThemeChoice { Settings = new Dictionary<string, string> { ["accent"] = accent } } };
        var problems = new List<Problem>();
        var medium = new CrankMailer.Rendering.Prose.TextMedium(new(), false);
        var theme = ThemeValues.Of(Rendered.Classic.Manifest, publication.Theme.Settings, medium, problems);
        Assert.Empty(problems);
        foreach (var surface in new[] { "paper", "tint" })
        {
            Assert.True(Contrast.Of((string)theme["accent"]!, Rendered.Classic.Manifest.Light[surface]) >= Contrast.Text, surface);
            Assert.True(Contrast.Of((string)theme["accent_dark"]!, Rendered.Classic.Manifest.Dark[surface]) >= Contrast.Text, surface);
        }
        Assert.True(Contrast.Of((string)theme["on_accent"]!, (string)theme["accent"]!) >= 4.5);
        Assert.True(Contrast.Of((string)theme["on_accent_dark"]!, (string)theme["accent_dark"]!) >= 4.5);
    }

    [Fact]
    public void Contrast_is_measured_as_WCAG_says()
    {
        Assert.Equal(21, Contrast.Of("#000000", "#ffffff"), 2);
        Assert.Equal(4.54, Contrast.Of("#767676", "#ffffff"), 2);
    }

    [Theory]
    [InlineData("accent", "red", "not a colour")]
    [InlineData("font", "comic", "none of serif, sans")]
    [InlineData("contents", "yes", "neither true nor false")]
    [InlineData("logo", "http://x.test/l.png", "neither an https address")]
    [InlineData("shade", "1", "no setting")]
    public void A_setting_that_cannot_be_used_is_reported_and_the_default_taken(string name, string value, string says)
    {
        var publication = Rendered.Publication("arabic") with { Theme = new ThemeChoice { Settings = new Dictionary<string, string> { [name] = value } } };
        var rendered = Rendered.Of(Rendered.Issue("arabic"), publication);
        var problem = Assert.Single(rendered.Problems);
        Assert.Contains(says, problem.Text);
        Assert.Equal($"publication.theme.settings.{name}", problem.Item);
        Assert.NotEmpty(rendered.Html);
    }

    [Fact]
    public void A_table_of_contents_leads_to_every_section()
    {
        var publication = Rendered.Publication("harbor-brief") with { Theme = new ThemeChoice { Settings = new Dictionary<string, string> { ["contents"] = "true", ["font"] = "sans", ["logo"] = "https://news.example.test/m/ab.png" } } };
        var html = Rendered.Of(Rendered.Issue("harbor-brief"), publication).Html;
        foreach (Match link in Regex.Matches(html, "href=\"#([^\"]+)\"")) Assert.Contains($"id=\"{link.Groups[1].Value}\"", html);
        Assert.Contains("href=\"#k2\"", html);
        Assert.Contains("src=\"https://news.example.test/m/ab.png\"", html);
        Assert.DoesNotContain("Georgia", html);
    }

    [Theory]
    [InlineData("theme.yaml", "title: [\n", "theme.yaml(")]
    [InlineData("theme.yaml", "palette:\n  light:\n    ink: red\n", "theme.yaml(3,5): error: \"ink\" is \"red\"")]
    [InlineData("theme.yaml", "settings:\n  a:\n    type: number\n", "theme.yaml(3,5): error: \"number\" is no type")]
    [InlineData("issue.mjml", "line one\n{{ for x in }}", "issue.mjml(2,")]
    [InlineData("issue.txt", "{{ if }", "issue.txt(1,")]
    [InlineData("issue.txt", "x\n  {{ issue.intor }}", "issue.txt(2,6): error: Nothing is called \"issue.intor\". Did you mean \"issue.intro\"?")]
    [InlineData("issue.txt", "{{ publication.organisation.adress }}", "issue.txt(1,4): error: Nothing is called")]
    [InlineData("issue.txt", "{{ theme.accent }}{{ t.unsubscribe }}", "Nothing is called \"t.unsubscribe\"")]
    public void A_broken_theme_is_told_with_file_line_and_column(string file, string text, string says)
    {
        var files = new Dictionary<string, string> { ["theme.yaml"] = Manifest, ["issue.mjml"] = Page, ["issue.txt"] = "{{ issue.title }}" };
        files[file] = text;
        var loaded = ThemeFolder.FromFiles("broken", files);
        Assert.Null(loaded.Theme);
        Assert.Contains(loaded.Problems, p => p.ToString().Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains(ThemeFolder.FromFiles("x", new Dictionary<string, string>()).Problems, p => p.File == "x/issue.mjml");

    [Theory]
    [InlineData("{{ include '../../secrets.txt' }}")]
    [InlineData("{{ include '/etc/passwd' }}")]
    [InlineData("{{ include 'parts/none.mjml' }}")]
    public void An_include_reaches_nothing_outside_the_theme(string template)
    {
        var theme = ThemeFolder.FromFiles("x", new Dictionary<string, string> { ["theme.yaml"] = Manifest, ["issue.mjml"] = template, ["issue.txt"] = "x" }).Get();
        var rendered = new IssueRenderer().Render(Rendered.Issue("arabic"), Rendered.Publication("arabic"), theme, RenderOptions.Default);
        Assert.Contains(rendered.Problems, p => p is { Severity: Severity.Error, Line: 1 } && p.File == "x/issue.mjml");
        Assert.Empty(rendered.Html);
    }

    [Fact]
    public void A_link_in_the_themes_folder_is_not_followed()
    {
        var folder = Directory.CreateTempSubdirectory("crankmailer-theme");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "theme.yaml"), Manifest);
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "issue.txt"), "/etc/hostname");
            Assert.Contains(ThemeFolder.Load(folder.FullName).Problems, p => p.Code == "theme-file-missing" && p.File!.EndsWith("issue.txt", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void An_edited_theme_is_read_again_and_has_another_version()
    {
        var folder = Directory.CreateTempSubdirectory("crankmailer-themes");
        try
        {
            var theme = folder.CreateSubdirectory("mine").FullName;
            File.WriteAllText(Path.Combine(theme, "theme.yaml"), Manifest);
            File.WriteAllText(Path.Combine(theme, "issue.mjml"), Page);
            File.WriteAllText(Path.Combine(theme, "issue.txt"), "one");
            var catalog = new ThemeCatalog(folder.FullName);
            var first = catalog.Load("mine").Get();
            Assert.Same(first, catalog.Load("mine").Get());
            File.WriteAllText(Path.Combine(theme, "issue.txt"), "another");
            Assert.NotEqual(first.Version, catalog.Load("mine").Get().Version);
            Assert.Null(catalog.Load("../mine").Theme);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
