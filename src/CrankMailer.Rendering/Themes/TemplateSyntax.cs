using CrankMailer.Model;
using CrankMailer.Scriban;

namespace CrankMailer.Rendering.Themes;

/// <summary>Parses templates, and tells their mistakes in our one form.</summary>
internal static class TemplateSyntax
{
    public static ScribanTemplate Parse(string path, string text, string place) => ScribanTemplate.Parse(text, ThemeReader.Path(place, path));

    /// <summary>What keeps any template among the files from being rendered.</summary>
    public static IEnumerable<Problem> Check(IReadOnlyDictionary<string, string> files, string place) =>
        files.Where(f => IsTemplate(f.Key)).OrderBy(f => f.Key, StringComparer.Ordinal).SelectMany(f => Parse(f.Key, f.Value, place).Errors.Select(Problem));

    public static bool IsTemplate(string path) => path.EndsWith(".mjml", StringComparison.Ordinal) || path.EndsWith(".txt", StringComparison.Ordinal);

    public static Problem Problem(ScribanProblem problem) => new(Severity.Error, "theme-template", problem.Text, problem.Name, problem.Line, problem.Column);
}
