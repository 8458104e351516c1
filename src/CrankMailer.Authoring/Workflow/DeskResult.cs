using CrankMailer.Model;

namespace CrankMailer.Authoring.Workflow;

/// <summary>What became of a deed at the <see cref="IssueDesk"/>.</summary>
public abstract record DeskResult
{
    private DeskResult()
    {
    }

    /// <param name="Revision">The newest revision now.</param>
    /// <param name="ApprovalVoided">The content differs from what was approved, so it is a draft again.</param>
    public sealed record Done(int IssueId, int Revision, bool ApprovalVoided = false) : DeskResult;

    /// <summary>Somebody saved in between; nothing was changed. Both versions can be shown.</summary>
    public sealed record Stale(IssueCopy Theirs) : DeskResult;

    public sealed record Refused(IReadOnlyList<Problem> Problems) : DeskResult
    {
        public Refused(string code, string text, string? item = null) : this([new Problem(Severity.Error, code, text, Item: item)])
        {
        }
    }

    /// <summary>There is no such issue.</summary>
    public sealed record Missing : DeskResult;
}
