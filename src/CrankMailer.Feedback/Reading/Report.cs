namespace CrankMailer.Feedback.Reading;

/// <summary>One thing that a mail reports about one recipient.</summary>
public sealed record Report
{
    public required ReportKind Kind { get; init; }

    public required ReportClass Class { get; init; }

    public required ReportReaction Reaction { get; init; }

    /// <summary>The address that failed or complained; null where it is redacted or nowhere said.</summary>
    public string? Recipient { get; init; }

    /// <summary>The address it became that one from on the way, where a report tells (Original-Recipient).</summary>
    public string? Original { get; init; }

    /// <summary>Whom we had written to, as far as a mail without our token tells (R101).</summary>
    public string? Addressee => Original ?? Recipient;

    /// <summary>Null where the mail is no delivery report.</summary>
    public ReportAction? Action { get; init; }

    /// <summary>Enhanced status code (RFC 3463); null where none is given.</summary>
    public string? Status { get; init; }

    /// <summary>Class by the reply rules, such as full or policy_rcpt; for other kinds the kind of report, such as abuse.</summary>
    public string? Reason { get; init; }

    /// <summary>What the server said, one line.</summary>
    public string? Diagnostic { get; init; }

    /// <summary>Where our signed tokens may stand, the most trusted place first (R101).</summary>
    public IReadOnlyList<string> Traces { get; init; } = [];

    public static Report Nothing { get; } = new() { Kind = ReportKind.None, Class = ReportClass.None, Reaction = ReportReaction.Ignore };
}
