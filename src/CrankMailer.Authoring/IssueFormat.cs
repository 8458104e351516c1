namespace CrankMailer.Authoring;

/// <summary>How an issue stands in a file.</summary>
public enum IssueFormat
{
    Markdown,
    Json,
}
