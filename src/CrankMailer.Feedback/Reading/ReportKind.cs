namespace CrankMailer.Feedback.Reading;

/// <summary>What kind of mail came back.</summary>
public enum ReportKind
{
    /// <summary>A message could not be delivered, or not yet: a DSN or a text bounce.</summary>
    Bounce,

    /// <summary>A reader pressed "spam" (RFC 5965).</summary>
    Complaint,

    /// <summary>A receiver tells of a failed authentication (RFC 6591): about us, not about a reader.</summary>
    AuthReport,

    /// <summary>A program answered for its owner (RFC 3834).</summary>
    AutoReply,

    /// <summary>A receiver tells that it delivered, relayed or expanded a message.</summary>
    Delivered,

    /// <summary>Nothing of the kind: a person's mail, or a report we have no use for.</summary>
    None,
}
