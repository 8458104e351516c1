namespace CrankMailer.Model.Issues;

public enum IssueState { Draft, Review, Approved, Published }

/// <summary>An issue as stored. Its content is the last <see cref="IssueRevision"/>.</summary>
public sealed class IssueRow
{
    public int Id { get; set; }
    public int PublicationId { get; set; }

    /// <summary>Unique in the publication; fixed once published.</summary>
    public string Slug { get; set; } = "";
    public string? Title { get; set; }
    public string? Period { get; set; }
    public IssueState State { get; set; }

    /// <summary>Number of the newest revision, from 1. Also the concurrency token of a save.</summary>
    public int Revision { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When the archive began to show it.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>The edition the archive shows and campaigns send; set at approval.</summary>
    public int? EditionId { get; set; }
}
