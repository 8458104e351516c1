using System.Collections.Frozen;
using CrankMailer.Model;
using CrankMailer.Rendering.Prose;
using CrankMailer.Scriban;

namespace CrankMailer.Rendering.Themes;

/// <summary>The parsed templates of one folder. An include finds these and nothing else.</summary>
internal sealed class TemplateSet
{
    private readonly FrozenDictionary<string, ScribanTemplate> templates;
    private readonly ScribanOptions options;

    private TemplateSet(FrozenDictionary<string, ScribanTemplate> templates)
    {
        this.templates = templates;
        // AutoIndent would indent the lines of a <pre> with the template around it.
        options = new ScribanOptions { IncludeTemplate = Find, StrictVariables = true, AutoIndent = false, Time = StoppedClock.Instance };
    }

    /// <param name="place">Origin of the files, put before their names in messages.</param>
    public static TemplateSet Of(IReadOnlyDictionary<string, string> files, string place) =>
        new(files.Where(f => TemplateSyntax.IsTemplate(f.Key)).ToFrozenDictionary(f => f.Key, f => TemplateSyntax.Parse(f.Key, f.Value, place), StringComparer.Ordinal));

    /// <summary>Empty where the template fails; the problems say why.</summary>
    public string Render(string file, IReadOnlyDictionary<string, object?> model, List<Problem> problems)
    {
        if (Find(file) is { } template) return Run(template, model, problems);
        problems.Add(new Problem(Severity.Error, "theme-file-missing", $"There is no template {file}.", file));
        return "";
    }

    /// <summary>A template that is no file: a style or a phrase.</summary>
    public string Phrase(string name, string text, IReadOnlyDictionary<string, object?> model, List<Problem> problems) =>
        text.Contains("{{", StringComparison.Ordinal) ? Run(ScribanTemplate.Parse(text, name), model, problems) : text;

    /// <summary>The manifest's inline styles with the publication's colours in them.</summary>
    public ProseStyles Styles(ThemeManifest manifest, IReadOnlyDictionary<string, object?> settings, bool isRightToLeft, List<Problem> problems)
    {
        var model = new Dictionary<string, object?> 
        {
            ["theme"] = settings, ["start"] = isRightToLeft ? "right" : "left", ["end_side"] = isRightToLeft ? "left" : "right",
        };
        return new ProseStyles(manifest.Prose.ToDictionary(p => p.Key, p => Phrase($"{Theme.ManifestFile}: prose.{p.Key}", p.Value, model, problems)), manifest.TextWidth);
    }

    private string Run(ScribanTemplate template, IReadOnlyDictionary<string, object?> model, List<Problem> problems)
    {
        try
        {
            return template.Render(model, options, CancellationToken.None); // ends by its own limits within about a second
        }
        catch (ScribanException error)
        {
            problems.AddRange(error.Problems.Select(TemplateSyntax.Problem));
            return "";
        }
    }

    private ScribanTemplate? Find(string path) => templates.GetValueOrDefault(path.Replace('\\', '/'));
}
