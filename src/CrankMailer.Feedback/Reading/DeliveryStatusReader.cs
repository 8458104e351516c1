using CrankMailer.Mail.Mime;

namespace CrankMailer.Feedback.Reading;

/// <summary>RFC 3464: a block of fields for each recipient. Also where a program writes the fields into plain text.</summary>
internal static class DeliveryStatusReader
{
    public static IReadOnlyList<Report> Read(Notice notice)
    {
        var blocks = Texts(notice).Select(text => StatusFields.Read(text, "Final-Recipient")).FirstOrDefault(found => found.Exists(IsRecipient)) ?? [];
        var recipients = blocks.Where(IsRecipient).Take(ReadingLimits.Reports).ToList();
        var failed = notice.Headers.FindAll("X-Failed-Recipients").SelectMany(MailAddresses.FindAll).ToList();
        return [.. recipients.Select(block => ReadOne(notice, block, recipients.Count == 1 && failed.Count == 1 ? failed[0] : null))];
    }

    /// <summary>Where the fields may stand: a part of their own, the text, the whole; in a report that somebody passed on, further in.</summary>
    private static IEnumerable<string> Texts(Notice notice)
    {
        var parts = Notice.Leaves(notice.Message.Root).Where(IsStatus).ToList();
        if (parts.Count > 0)
        {
            yield return string.Join("\n\n", parts.Select(StatusFields.TextOf));
            yield break;
        }
        yield return notice.Words;
        if (notice.Message.Root.ContentType.IsMultipart && notice.Message.Root.Parts.Count == 0) yield return Notice.Whole(notice.Message);
        foreach (var part in notice.Message.Root.All().Where(IsStatus)) yield return StatusFields.TextOf(part);
    }

    private static bool IsStatus(MimePart part) => part.ContentType.MediaType is "message/delivery-status" or "message/global-delivery-status";

    private static bool IsRecipient(StatusFields block) =>
        (block.Find("Final-Recipient") ?? block.Find("Original-Recipient") ?? block.Find("X-Actual-Recipient")) is { } field && MailAddresses.FindInField(field) is not null && (block.Find("Action") ?? block.Find("Status")) is not null;

    private static Report ReadOne(Notice notice, StatusFields block, string? failed)
    {
        var recipient = RecipientOf(block) ?? failed;
        var original = MailAddresses.FindInField(block.Find("Original-Recipient"));
        var action = ActionOf(block.Find("Action"), block.Find("Status"));
        var status = MailStatus.Find(block.Find("Status"));
        var diagnostic = DiagnosticOf(block, notice, recipient);
        if (action is not (ReportAction.Failed or ReportAction.Delayed))
        {
            return new Report
            {
                Kind = ReportKind.Delivered, Class = ReportClass.Delivered, Reaction = ReportReaction.Ignore, Recipient = recipient, Original = original, Action = action, Status = status,
                Diagnostic = Diagnosis.Shorten(diagnostic),
            };
        }
        return Diagnosis.Judge(recipient, action, status, diagnostic, notice.Transcript, Value(block.Find("Remote-MTA"))) with { Original = original };
    }

    /// <summary>The final one, unless it is a mailbox's name within a server.</summary>
    private static string? RecipientOf(StatusFields block)
    {
        var final = MailAddresses.FindInField(block.Find("Final-Recipient"));
        var original = MailAddresses.FindInField(block.Find("Original-Recipient"));
        return final is null || (original is not null && !MailAddresses.DomainOf(final).Contains('.')) ? original ?? MailAddresses.FindInField(block.Find("X-Actual-Recipient")) : final;
    }

    private static ReportAction ActionOf(string? action, string? status) => action?.Split(' ', ';', '(')[0].Trim().ToLowerInvariant() switch
    {
        "delayed" or "delay" => ReportAction.Delayed,
        "delivered" or "deliverable" => ReportAction.Delivered,
        "relayed" => ReportAction.Relayed,
        "expanded" or "transferred" => ReportAction.Expanded,
        "failed" or "failure" => ReportAction.Failed,
        // Some write their own words there: the status decides.
        _ => status is ['2', ..] ? ReportAction.Delivered : status is ['4', ..] ? ReportAction.Delayed : ReportAction.Failed,
    };

    /// <summary>The field, or what the text says about this recipient where the field is missing or only repeats the status.</summary>
    private static string DiagnosticOf(StatusFields block, Notice notice, string? recipient)
    {
        var fields = block.FindAll("Diagnostic-Code").Select(Value).Where(value => value is { Length: > 0 }).Select(value => value ?? "").ToList();
        // The last one is the answer of the server at the end of the road.
        var said = fields.LastOrDefault(value => value.Any(char.IsLetter)) ?? "";
        if (said.Count(char.IsLetter) >= 8) return said;
        var words = recipient is null ? null : TextBounceReader.FindWords(notice, recipient);
        return $"{said} {words ?? TextBounceReader.Short(notice.Words)}";
    }

    /// <summary>Without the "smtp;" or "x-unix;" in front.</summary>
    private static string? Value(string? field)
    {
        if (field is null) return null;
        var semicolon = field.IndexOf(';', StringComparison.Ordinal);
        return semicolon is >= 0 and < 20 && !field.AsSpan(0, semicolon).ContainsAny(" .<") ? field[(semicolon + 1)..].Trim() : field.Trim();
    }
}
