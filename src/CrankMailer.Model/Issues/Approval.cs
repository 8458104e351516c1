namespace CrankMailer.Model.Issues;

/// <summary>Who approved which edition. Append-only; a later edit of the issue does not touch it, but leads to another hash.</summary>
public sealed class Approval
{
    public int Id { get; set; }
    public int IssueId { get; set; }
    public int EditionId { get; set; }
    public string Hash { get; set; } = "";
    public int? UserId { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>Given by the author of the last revision, where one person may approve.</summary>
    public bool ByAuthor { get; set; }
    public string? Note { get; set; }
}
