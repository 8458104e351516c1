using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;

namespace CrankMailer.Authoring.Workflow;

/// <summary>An issue at one revision, with what the desk knows of it.</summary>
/// <param name="AuthorId">Who saved this revision; null for a command on the machine.</param>
/// <param name="EditionId">The edition that was frozen at the last approval; null before.</param>
public sealed record IssueCopy(
    int Id, int PublicationId, string Slug, IssueState State, int Revision, Issue Content, int? AuthorId, string? Author, DateTimeOffset SavedAt, string Reason,
    DateTimeOffset? PublishedAt, int? EditionId)
{
    /// <summary>No issue: id 0.</summary>
    public static IssueCopy None { get; } = new(0, 0, "", IssueState.Draft, 0, new Issue(), null, null, DateTimeOffset.MinValue, "", null, null);
}

/// <summary>A row of the list of issues.</summary>
public sealed record IssueLine(
    int Id, string Slug, string? Title, string? Period, IssueState State, int Revision, DateTimeOffset UpdatedAt, string? Author, DateTimeOffset? PublishedAt, int? EditionId);

/// <summary>A row of an issue's history.</summary>
public sealed record RevisionLine(int Number, int? AuthorId, string? Author, DateTimeOffset At, string Reason);

/// <summary>An approval, as history: it stays when a later edit voids it.</summary>
public sealed record ApprovalLine(string Hash, int EditionId, int Revision, string? By, DateTimeOffset At, bool ByAuthor, string? Note);
