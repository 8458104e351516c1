using Microsoft.Extensions.Logging;

namespace CrankMailer.Authoring.Workflow;

internal static partial class WorkflowLog
{
    [LoggerMessage(1101, LogLevel.Information, "Issue {IssueId} made: {Reason}")]
    public static partial void IssueCreated(this ILogger log, int issueId, string reason);

    [LoggerMessage(1102, LogLevel.Information, "Issue {IssueId} saved as revision {Revision}")]
    public static partial void IssueSaved(this ILogger log, int issueId, int revision);

    [LoggerMessage(1103, LogLevel.Information, "Issue {IssueId} approved as edition {EditionId} with hash {Hash}")]
    public static partial void IssueApproved(this ILogger log, int issueId, int editionId, string hash);

    [LoggerMessage(1104, LogLevel.Information, "Picture {Sha256} stored: {Width} × {Height}, {Octets} octets")]
    public static partial void PictureStored(this ILogger log, string sha256, int width, int height, int octets);

    [LoggerMessage(1105, LogLevel.Information, "{Count} test mails of issue {IssueId} queued")]
    public static partial void TestQueued(this ILogger log, int count, int issueId);
}
