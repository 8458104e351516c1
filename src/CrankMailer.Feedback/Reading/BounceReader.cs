using CrankMailer.Mail.Mime;

namespace CrankMailer.Feedback.Reading;

/// <summary>
/// Reads any mail that came back: delivery reports (RFC 3464), text bounces, complaints (ARF), authentication reports, auto-replies, delay notes.
/// Never fails on what a mail holds; bounded in time and memory (R100). Knows no database: whose delivery it is, the handler finds by the traces.
/// </summary>
public static class BounceReader
{
    /// <param name="raw">One mail, or a mailbox file of several; any line ends.</param>
    /// <param name="envelope">Recipients of its envelope, where the way in knows them: there our token is most to be trusted (R101).</param>
    /// <returns>At least one report; one of kind <see cref="ReportKind.None"/> where the mail reports nothing.</returns>
    public static IReadOnlyList<Report> Read(ReadOnlyMemory<byte> raw, params IReadOnlyList<string> envelope)
    {
        if (raw.Length > ReadingLimits.Octets) raw = raw[..ReadingLimits.Octets];
        var reports = MailboxFile.Split(raw).SelectMany(mail => ReadOne(mail, envelope)).Take(ReadingLimits.Reports).ToList();
        return reports.Exists(report => report.Kind != ReportKind.None) ? reports.FindAll(report => report.Kind != ReportKind.None) : reports[..1];
    }

    private static IEnumerable<Report> ReadOne(ReadOnlyMemory<byte> raw, IReadOnlyList<string> envelope)
    {
        var notice = Notice.Read(MimeMessage.Parse(raw));
        var reports = ReadNotice(notice);
        IReadOnlyList<string> own = [.. Traces.OfEnvelope(notice.Headers, envelope), .. notice.Copies.Count == 1 ? Traces.Of(notice.Copies[0]) : []];
        return reports.Select(report => report with { Traces = [.. own.Concat(report.Traces).Distinct(StringComparer.OrdinalIgnoreCase)] });
    }

    /// <summary>The most certain form first: what a machine wrote for machines, then what it wrote for people.</summary>
    private static IReadOnlyList<Report> ReadNotice(Notice notice)
    {
        if (ComplaintReader.Read(notice) is { Count: > 0 } complaints) return complaints;
        if (SesNotificationReader.Read(notice) is { Count: > 0 } notifications) return notifications;
        if (DeliveryStatusReader.Read(notice) is { Count: > 0 } statuses) return statuses;
        if (ComplaintReader.FindPlain(notice) is { } plain) return [plain];
        // Mail servers mark their bounces as auto-replied, too; a person's program does not write in a server's name.
        if (!TextBounceReader.IsFromMailSystem(notice) && AutoReplyReader.Find(notice) is { } answer) return [answer];
        return TextBounceReader.Read(notice) is { Count: > 0 } bounces ? bounces : [AutoReplyReader.Find(notice) ?? Report.Nothing];
    }
}
