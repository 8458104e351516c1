using CrankMailer.Model.Documents;

namespace CrankMailer.Model.Publications;

/// <summary>A publication as stored: its document (<see cref="Publication"/>) and what only the installation knows of it.</summary>
public sealed class PublicationRow
{
    public int Id { get; set; }

    /// <summary>Unique; the document's slug.</summary>
    public string Slug { get; set; } = "";
    public Publication Document { get; set; } = new();

    /// <summary>Approval needs no second person. True for a publication with one member, and in the demonstration; the console says so.</summary>
    public bool OnePersonMayApprove { get; set; }

    /// <summary>The constant last field of Feedback-ID, 5–15 characters (R50).</summary>
    public string FeedbackSenderId { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Grows with every change of the document; a form that was opened before it is told so.</summary>
    public int Version { get; set; }
}
