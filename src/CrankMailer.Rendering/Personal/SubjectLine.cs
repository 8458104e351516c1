using System.Text.RegularExpressions;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Rendering.Prose;
using CrankMailer.Scriban.Personal;

namespace CrankMailer.Rendering.Personal;

/// <summary>
/// A subject as phase 2 takes it (issue 5: personal holes are allowed in it). Holes that can be filled are personal; any other braces are
/// text, as in every field of one line, unless they were plainly meant: a misspelt name must not be printed to every reader.
/// </summary>
/// <param name="Template">Phase-2 text of one line.</param>
/// <param name="Plain">As somebody reads it of whom nothing is known: the page's title.</param>
/// <param name="Problem">Why it cannot be sent.</param>
internal sealed partial record SubjectLine(string Template, string Plain, Problem? Problem)
{
    private const string Field = "subject";

    public static SubjectLine Of(string line, string title, Publication publication, RenderOptions options)
    {
        var asText = new SubjectLine(Markers.WithVerbatimBraces(TextMedium.Text(line)), line, null);
        var holes = new HoleBag();
        var lifted = options.EditorHoles ? holes.Lift(line, new Place(Field)) : line;
        if (holes.Holes.Count == 0) return asText;

        var personal = Markers.WithVerbatimBraces(holes.PutBack(TextMedium.Text(lifted)));
        var template = PersonalTemplate.Compile(personal, PersonalNames.Syntax(PersonalMedium.Header, publication, options.InstallationUrl), Field);
        var wrong = template.Errors.Count > 0 ? template.Errors : template.UnknownPaths(PersonalNames.Known);
        if (wrong.Count > 0) return holes.Holes.Any(h => Meant().IsMatch(h.Code)) ? asText with { Problem = Wrong(wrong[0].Text) } : asText;

        var plain = PersonalPreview.SubjectOf(personal);
        return plain.Length > 0
            ? new SubjectLine(personal, plain, null)
            : new SubjectLine(personal, title, Wrong("The subject is empty for a reader of whom nothing is known. Say what such a reader gets: {{ subscriber.first_name ?? \"reader\" }}."));
    }

    private static Problem Wrong(string text) => new(Severity.Error, PersonalCheck.Code, text, Item: Field);

    [GeneratedRegex(@"\b(subscriber|links|campaign)\.")]
    private static partial Regex Meant();
}
