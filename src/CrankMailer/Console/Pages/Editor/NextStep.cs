using CrankMailer.Console.Accounts;
using CrankMailer.Model.Issues;

namespace CrankMailer.Console.Pages.Editor;

/// <summary>What is to be done next with an issue in this state, by this person.</summary>
internal sealed record NextStep(string Label, string Href)
{
    public static NextStep Of(int issueId, IssueState state, Viewer viewer) => state switch
    {
        IssueState.Review when viewer.May(Can.Approve) => new("Approve…", $"/editor/{issueId}/approve"),
        IssueState.Approved when viewer.May(Can.Operate) => new("Schedule…", $"/ops/campaigns/new?issue={issueId}"),
        IssueState.Draft when viewer.May(Can.Write) => new("Write", $"/editor/{issueId}"),
        _ => new("Preview", $"/editor/{issueId}/preview"),
    };
}
