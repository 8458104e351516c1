using System.Text.RegularExpressions;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Rendering.Prose;
using CrankMailer.Scriban;
using CrankMailer.Scriban.Personal;

namespace CrankMailer.Rendering.Personal;

/// <summary>What is wrong with the holes that phase 1 left open: told beside the editor's field where an editor wrote it, else of the theme.</summary>
public static partial class PersonalCheck
{
    /// <summary>The code of all problems from here.</summary>
    public const string Code = "personal-hole";

    /// <param name="spans">Where the editors' holes stand in the HTML.</param>
    internal static IEnumerable<Problem> Of(RenderedIssue issue, IReadOnlyList<HoleSpan> spans, Publication publication, string? installation)
    {
        var html = Wrong(PersonalTemplate.Compile(issue.Html, PersonalNames.Syntax(PersonalMedium.Html, publication, installation), $"{issue.ThemeName}: HTML"))
            .Select(p => Find(spans, issue.Html, p) is { } hole ? Editors(hole, p) : Themes(p)).ToList();
        // An editor's hole is in both parts; the HTML's check knows its field.
        return html.Count > 0 ? html : Wrong(PersonalTemplate.Compile(issue.Text, PersonalNames.Syntax(PersonalMedium.Text, publication, installation), $"{issue.ThemeName}: text"))
            .Select(Themes).Concat(Smuggled(issue));
    }

    private static IReadOnlyList<ScribanProblem> Wrong(PersonalTemplate template) => template.Errors.Count > 0 ? template.Errors : template.UnknownPaths(PersonalNames.Known);

    private static Problem Editors(EditorHole hole, ScribanProblem problem) => new(Severity.Error, Code, $"{{{{ {hole.Code} }}}}: {problem.Text}", Item: hole.Place.Path);

    private static Problem Themes(ScribanProblem problem) => new(Severity.Error, Code, problem.Text, problem.Name, problem.Line, problem.Column);

    private static EditorHole? Find(IReadOnlyList<HoleSpan> spans, string html, ScribanProblem problem)
    {
        var at = 0;
        for (var line = 1; line < problem.Line && at >= 0; line++) at = html.IndexOf('\n', at) + 1;
        at += problem.Column - 1;
        return (spans.FirstOrDefault(s => s.Start <= at && at < s.End)
            // What was opened and never closed is missed at the end of the mail; the editor looks for where it was opened.
            ?? spans.LastOrDefault(s => s.End <= at && BlockStart().IsMatch(s.Hole.Code)))?.Hole;
    }

    // A second lock on the door between values and code: whatever MJML did on the way, no hole may have come up that was not there before.
    private static IEnumerable<Problem> Smuggled(RenderedIssue issue)
    {
        var known = Hole().Matches(issue.Mjml).Select(m => m.Value).ToHashSet();
        return Hole().Matches(issue.Html).Select(m => m.Value).Where(h => !known.Contains(h)).Distinct()
            .Select(h => new Problem(Severity.Error, Code, $"The HTML holds {h}, which neither theme nor editor wrote. This is a fault of ours; the issue cannot be sent."));
    }

    [GeneratedRegex(@"^\s*[~-]?\s*(if|for|while|case|with|func|capture|wrap)\b")]
    private static partial Regex BlockStart();

    [GeneratedRegex(@"\{\{.*?\}\}", RegexOptions.Singleline)]
    private static partial Regex Hole();
}
