using CrankMailer.Mail.Mime;

namespace CrankMailer.Feedback.Reading;

/// <summary>Feedback reports (ARF, RFC 5965) with their kinds, and authentication failure reports (RFC 6591), which are about us and not about a reader.</summary>
internal static class ComplaintReader
{
    public static IReadOnlyList<Report> Read(Notice notice)
    {
        // Not within a copy: a complaint may be about a mail that itself holds a report.
        var parts = notice.Message.Root.ContentType.IsMultipart ? notice.Message.Root.Parts : [notice.Message.Root];
        var reports = new List<Report>();
        for (var i = 0; i < parts.Count && reports.Count < ReadingLimits.Reports; i++)
        {
            if (parts[i].ContentType.MediaType != "message/feedback-report") continue;
            // Each report is followed by the copy it is about.
            var copy = parts.Skip(i + 1).TakeWhile(part => part.ContentType.MediaType != "message/feedback-report").FirstOrDefault(HasHeaders)?.Parts.FirstOrDefault()?.Headers;
            foreach (var fields in StatusFields.Read(StatusFields.TextOf(parts[i]), "Feedback-Type").Where(block => block.Find("Feedback-Type") is not null))
                reports.AddRange(ReadOne(notice, fields, copy));
        }
        return reports;
    }

    /// <summary>Microsoft sends the message back as an attachment, with its own headers and no report (its "JMRP").</summary>
    public static Report? FindPlain(Notice notice)
    {
        var subject = notice.Message.Subject ?? "";
        if (!subject.StartsWith("complaint about message from ", StringComparison.OrdinalIgnoreCase)) return null;
        var copy = notice.Copies.Count > 0 ? notice.Copies[0] : null;
        return Make("abuse", copy is null ? null : RecipientOf(copy), notice, Traces.Of(copy));
    }

    private static IEnumerable<Report> ReadOne(Notice notice, StatusFields fields, MimeHeaders? copy)
    {
        var type = fields.Find("Feedback-Type")?.Trim().ToLowerInvariant() ?? "other";
        var traces = Traces.Of(copy, fields.Find("Original-Mail-From"), fields.Find("Original-Envelope-Id"), fields.Find("Original-Rcpt-To"));
        // The field is repeated for several, and some write several into one (RFC 5965 3.2).
        var named = fields.FindAll("Original-Rcpt-To").Concat(fields.FindAll("Removal-Recipient")).SelectMany(MailAddresses.FindAll).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (named.Count == 0 && copy is not null && RecipientOf(copy) is { } inCopy) named.Add(inCopy);
        if (named.Count == 0) return [Make(type, null, notice, traces)];
        return named.Select(recipient => Make(type, recipient, notice, traces));
    }

    private static string? RecipientOf(MimeHeaders copy) =>
        copy.FindAll("X-HmXmrOriginalRecipient").Concat(copy.FindAll("To")).Concat(copy.FindAll("Delivered-To")).Select(MailAddresses.Find).FirstOrDefault(found => found is not null);

    private static Report Make(string type, string? recipient, Notice notice, IReadOnlyList<string> traces)
    {
        var (kind, @class, reaction) = type switch
        {
            "auth-failure" or "dmarc" => (ReportKind.AuthReport, ReportClass.AuthReport, ReportReaction.AlertOnly),
            "not-spam" => (ReportKind.None, ReportClass.None, ReportReaction.Ignore),
            // RFC 5965 7.3: abuse, fraud, virus, opt-out, other; an unknown type is "other".
            _ => (ReportKind.Complaint, ReportClass.Complaint, ReportReaction.SuppressComplaint),
        };
        return new Report { Kind = kind, Class = @class, Reaction = reaction, Recipient = recipient, Reason = type, Diagnostic = Diagnosis.Shorten(TextBounceReader.Short(notice.Words)), Traces = traces };
    }

    private static bool HasHeaders(MimePart part) => part.Parts.Count > 0 && part.ContentType.MediaType is "message/rfc822" or "message/global" or "text/rfc822-headers" or "message/rfc822-headers";
}
