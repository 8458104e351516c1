using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Rendering.Personal;

namespace CrankMailer.Authoring.Checks;

/// <summary>The pre-flight checks. An <see cref="Severity.Error"/> makes the issue unsendable.</summary>
public static class IssueChecks
{
    private static readonly IReadOnlyList<IssueCheck> All =
    [
        new SubjectCheck(), new EmptySectionCheck(), new LinkCheck(), new PictureCheck(), new DateCheck(), new PersonalNameCheck(), new IdCheck(), new UnknownKeysCheck(),
        new SenderCheck(), new UnsubscribeLinkCheck(), new HtmlSizeCheck(), new RenderingCheck(),
    ];

    /// <summary>Worst first, then in the order of the document.</summary>
    /// <param name="rendered">Null before rendering: what needs the output is then left out.</param>
    public static IReadOnlyList<Problem> Run(Issue issue, Publication publication, RenderedFacts? rendered)
    {
        var input = new CheckInput(issue, publication, rendered);
        var problems = All.SelectMany(check => Run(check, input)).Distinct().ToList();
        // The renderer stumbles over the same once more, in other words.
        var again = new HashSet<Problem>(rendered?.Problems ?? []);
        var told = problems.Where(p => !again.Contains(p)).Select(p => (p.Item, p.Code is PersonalNameCheck.UnknownName or PersonalNameCheck.HoleInHost ? PersonalCheck.Code : p.Code)).ToHashSet();
        problems.RemoveAll(p => again.Contains(p) && told.Contains((p.Item, p.Code)));
        return [.. problems.OrderByDescending(p => p.Severity)];
    }

    private static IReadOnlyList<Problem> Run(IssueCheck check, CheckInput input)
    {
        try
        {
            return [.. check.Run(input)];
        }
        catch (ProblemException e)
        {
            return e.Problems; // a text no parser takes apart
        }
    }

    /// <summary>True when nothing stands in the way of sending.</summary>
    public static bool MaySend(IEnumerable<Problem> problems) => problems.All(p => p.Severity != Severity.Error);
}
