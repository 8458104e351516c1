using CrankMailer.Model.Documents;

namespace CrankMailer.Model.Issues;

/// <summary>The whole content of an issue after one save. Never changed.</summary>
public sealed class IssueRevision
{
    public int Id { get; set; }
    public int IssueId { get; set; }
    public int Number { get; set; }
    public Issue Content { get; set; } = new();

    /// <summary>Null for a command on the machine itself.</summary>
    public int? AuthorId { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>Why, in a few words: <c>edited</c>, <c>imported from may.txt</c>, <c>restored revision 3</c>.</summary>
    public string Reason { get; set; } = "";
}
