using System.Security.Cryptography;
using System.Text;
using CrankMailer.Feedback.Reading;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Feedback.Handling;

/// <summary>Keeps what was told, once: the entry by which a report that comes a second time is known (R106).</summary>
internal sealed class Evidence(CrankDb db, TimeProvider clock)
{
    /// <summary>The entry to be written with the caller's transaction; null where the same was told before.</summary>
    public async Task<FeedbackEntry?> AddAsync(Report report, Subject? subject, long? subscriberId, string source, CancellationToken ct)
    {
        var digest = DigestOf(report, subject);
        if (await db.FeedbackEntries.AnyAsync(f => f.Digest == digest, ct)) return null;
        var entry = new FeedbackEntry
        {
            Kind = KindOf(report.Kind), At = clock.Instant(), Source = source, Digest = digest,
            CampaignId = (subject as Subject.Delivery)?.CampaignId, DeliveryId = (subject as Subject.Delivery)?.Id, OutboxMailId = (subject as Subject.SystemMail)?.Id,
            SubscriberId = subscriberId, Class = report.Kind == ReportKind.Bounce ? ClassOf(report) : null, Delayed = report.Action == ReportAction.Delayed,
            Status = report.Status, Reason = Cut(report.Reason), Diagnostic = Cut(report.Diagnostic),
            Address = subject is null ? Cut(report.Addressee) : null, Outcome = subject is null ? FeedbackOutcome.Unmapped : FeedbackOutcome.Noted,
        };
        db.FeedbackEntries.Add(entry);
        return entry;
    }

    public static BounceClass ClassOf(Report report) => report.Reaction switch
    {
        ReportReaction.Suppress => BounceClass.Hard,
        ReportReaction.BlockNotAddress => BounceClass.Block,
        _ => BounceClass.Soft,
    };

    private static FeedbackKind KindOf(ReportKind kind) => kind switch
    {
        ReportKind.Bounce => FeedbackKind.Bounce,
        ReportKind.Complaint => FeedbackKind.Complaint,
        ReportKind.AuthReport => FeedbackKind.AuthReport,
        ReportKind.AutoReply => FeedbackKind.AutoReply,
        _ => FeedbackKind.Delivered,
    };

    /// <summary>Of what is told about whom, not of the octets: the same report comes again with other trace headers.</summary>
    private static byte[] DigestOf(Report report, Subject? subject) => SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', report.Kind, subject?.Key ?? "", report.Addressee?.ToLowerInvariant(), report.Action, report.Status, report.Reason, report.Diagnostic)));

    /// <summary>NUL cannot be stored by PostgreSQL, and a hostile report can hold one.</summary>
    private static string? Cut(string? text) => text?.Replace('\0', ' ') is { } clean ? clean[..Math.Min(clean.Length, ReadingLimits.Diagnostic)] : null;
}
