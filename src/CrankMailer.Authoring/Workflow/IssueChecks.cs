using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Rendering;

namespace CrankMailer.Authoring.Workflow;

/// <summary>All that the desk knows to be wrong with a rendered issue.</summary>
internal static class IssueChecks
{
    public static IReadOnlyList<Problem> Run(Issue issue, Publication publication, RenderedIssue rendered)
    {
        _ = (issue, publication);
        return rendered.Problems;
    }
}
