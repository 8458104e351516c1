using CrankMailer.Mjml;
using CrankMailer.Model;

namespace CrankMailer.Rendering;

/// <summary>MJML → HTML, as our mails need it.</summary>
internal static class MjmlStep
{
    // No font is fetched from a third party: it would tell it who reads (R154), and few mail clients would show it.
    private static readonly IReadOnlyDictionary<string, string> NoFonts = new Dictionary<string, string>();

    /// <summary>Empty where the document cannot be compiled; the problems say why, with the line of the generated MJML.</summary>
    public static string Compile(string mjml, string place, List<Problem> problems)
    {
        if (mjml.Length == 0) return "";
        var name = Themes.ThemeReader.Path(place, "issue.mjml as rendered");
        try
        {
            var result = MjmlCompiler.Compile(mjml, new MjmlOptions { SourceName = name, KeepComments = false, Fonts = NoFonts });
            problems.AddRange(result.Problems.Select(Problem));
            return result.Html;
        }
        catch (MjmlException error)
        {
            problems.AddRange(error.Problems.Select(Problem));
            return "";
        }
    }

    private static Problem Problem(MjmlProblem problem) => new(
        problem.Severity == MjmlSeverity.Error ? Severity.Error : Severity.Warning, "theme-mjml",
        problem.Tag.Length == 0 ? problem.Message : $"{problem.Message} (in {problem.Tag})", problem.File, problem.Line, problem.Column);
}
