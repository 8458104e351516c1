using CrankMailer.Feedback.Handling;
using CrankMailer.Feedback.Reading;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Feedback;

/// <summary>
/// The one place where something that came back turns into rows, whichever way it came in. Only a token that we signed says whose it is: without one a
/// report is listed for a person, and nothing else follows (R102, R109).
/// </summary>
public sealed class FeedbackHandler
{
    private readonly CrankDb _db;
    private readonly Subjects _subjects;
    private readonly Evidence _evidence;
    private readonly DeliveryMoves _moves;
    private readonly Consequences _consequences;
    private readonly FeedbackAlerts _alerts;
    private readonly AddressHashers _hashers;
    private readonly ILogger<FeedbackHandler> _log;

    internal FeedbackHandler(
        CrankDb db, Subjects subjects, Evidence evidence, DeliveryMoves moves, Consequences consequences, FeedbackAlerts alerts, AddressHashers hashers, ILogger<FeedbackHandler> log) =>
        (_db, _subjects, _evidence, _moves, _consequences, _alerts, _hashers, _log) = (db, subjects, evidence, moves, consequences, alerts, hashers, log);

    /// <summary>Records all that one mail reports. Committed when it returns, so whoever handed the mail in may forget it; the same mail again changes nothing.</summary>
    /// <param name="source">The way in: <c>pipe</c>, <c>listener</c>, <c>mailbox</c>, <c>webhook</c>.</param>
    public async Task<IReadOnlyList<HandledReport>> HandleAsync(IReadOnlyList<Report> reports, string source, CancellationToken ct)
    {
        var found = new List<(Report Report, Subject? Subject)>();
        foreach (var report in reports) found.Add((report, report.Kind == ReportKind.None ? null : await _subjects.FindAsync(report, ct)));
        var handled = new List<HandledReport>();
        foreach (var (report, subject) in found)
        {
            // Several recipients behind the one address we wrote to: it is no deader than the best of them.
            var others = found.Where(other => other.Subject is not null && other.Subject == subject).Select(other => other.Report).ToList();
            handled.Add(await HandleAsync(report, subject, Decides(report, others), source, ct));
        }
        return handled;
    }

    private static bool Decides(Report report, List<Report> together)
    {
        if (report.Kind != ReportKind.Bounce) return true;
        if (together.Exists(other => other.Kind == ReportKind.Delivered)) return false;
        return ReferenceEquals(report, together.MinBy(other => Evidence.ClassOf(other) switch { BounceClass.Hard => 2, BounceClass.Soft => 1, _ => 0 }));
    }

    private async Task<HandledReport> HandleAsync(Report report, Subject? subject, bool decides, string source, CancellationToken ct)
    {
        // An auto-reply to an address without a token is nobody's: a person reads it, if anybody.
        if (report.Kind is ReportKind.None || subject is null && report.Kind is ReportKind.AutoReply or ReportKind.Delivered && subject is null)
            return new HandledReport(report, null, null, null, SeenBefore: false);
        await _hashers.GetAsync(ct); // makes its key on another connection, so not within the transaction
        _db.ChangeTracker.Clear();
        await using var transaction = await _db.Database.BeginTransactionAsync(ct);
        if (await _evidence.AddAsync(report, subject, await SubscriberAsync(subject, ct), source, ct) is not { } entry) return Seen(report, subject);
        entry.Outcome = subject switch
        {
            Subject.Delivery delivery => await AboutDeliveryAsync(entry, report, delivery, decides, ct),
            Subject.SystemMail mail => await AboutSystemMailAsync(entry, report, mail, decides, ct),
            _ => await AboutNobodyAsync(report, ct),
        };
        try
        {
            await _db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }
        catch (DbUpdateException) when (_db.FeedbackEntries.AsNoTracking().Any(f => f.Digest == entry.Digest))
        {
            return Seen(report, subject); // another process took in the same report between our look and our insert
        }
        Tell(entry);
        return new HandledReport(report, entry.CampaignId, entry.DeliveryId, entry.Outcome, SeenBefore: false);
    }

    private async Task<FeedbackOutcome> AboutDeliveryAsync(FeedbackEntry entry, Report report, Subject.Delivery delivery, bool decides, CancellationToken ct)
    {
        switch (report.Kind)
        {
            case ReportKind.Complaint:
                await _moves.SettleAsync(delivery, ct);
                return entry.SubscriberId is { } reader && await _consequences.ComplaintAsync(reader, delivery.CampaignId, Note(report), ct) ? FeedbackOutcome.Suppressed : FeedbackOutcome.Noted;
            case ReportKind.AuthReport:
                await _alerts.AuthReportAsync(delivery.CampaignId, report.Diagnostic, ct);
                return FeedbackOutcome.Noted;
            // R103: only a final failure counts, not a delay, and not one of several recipients that others outlive.
            case ReportKind.Bounce when report.Action == ReportAction.Failed && decides:
                return await AboutFailureAsync(entry, report, delivery, ct);
            default:
                return await _moves.SettleAsync(delivery, ct) ? FeedbackOutcome.Settled : FeedbackOutcome.Noted;
        }
    }

    private async Task<FeedbackOutcome> AboutFailureAsync(FeedbackEntry entry, Report report, Subject.Delivery delivery, CancellationToken ct)
    {
        var @class = Evidence.ClassOf(report);
        var moved = await _moves.BounceAsync(delivery, @class, ct);
        var hash = await _db.Subscribers.Where(s => s.Id == entry.SubscriberId).Select(s => s.AddressHash).FirstOrDefaultAsync(ct);
        var suppressed = hash is not null && @class switch
        {
            BounceClass.Hard => await _consequences.HardAsync(hash, delivery.CampaignId, Note(report), ct),
            BounceClass.Soft => await _consequences.SoftAsync(hash, delivery.CampaignId, Note(report), ct),
            _ => false,
        };
        if (@class == BounceClass.Block) await _alerts.BlockedAsync(delivery.CampaignId, report.Diagnostic, ct);
        return suppressed ? FeedbackOutcome.Suppressed : moved ? FeedbackOutcome.Bounced : FeedbackOutcome.Noted;
    }

    /// <summary>A confirmation, a link, a test: it has no campaign, so a soft failure of it counts nothing.</summary>
    private async Task<FeedbackOutcome> AboutSystemMailAsync(FeedbackEntry entry, Report report, Subject.SystemMail mail, bool decides, CancellationToken ct)
    {
        if (report.Kind != ReportKind.Bounce || report.Action != ReportAction.Failed || !decides) return FeedbackOutcome.Noted;
        var row = await _db.OutboxMails.FirstAsync(m => m.Id == mail.Id, ct);
        var moved = row.State is OutboxState.Accepted or OutboxState.Handed;
        if (moved) (row.State, row.StateAt, row.Reply) = (OutboxState.Failed, entry.At, entry.Diagnostic);
        // A test or an alert went to one of us, whose address is no reader's.
        if (report.Class != ReportClass.Hard || row.EditionId is not null || row.Kind == "alert" || EmailAddress.Parse(row.ToAddress) is not { } address) return moved ? FeedbackOutcome.Bounced : FeedbackOutcome.Noted;
        var hash = (await _hashers.GetAsync(ct)).Hash(address.Normalized);
        return await _consequences.HardAsync(hash, null, Note(report), ct) ? FeedbackOutcome.Suppressed : moved ? FeedbackOutcome.Bounced : FeedbackOutcome.Noted;
    }

    private async Task<FeedbackOutcome> AboutNobodyAsync(Report report, CancellationToken ct)
    {
        if (report.Kind == ReportKind.AuthReport) await _alerts.AuthReportAsync(null, report.Diagnostic, ct);
        return FeedbackOutcome.Unmapped;
    }

    private Task<long?> SubscriberAsync(Subject? subject, CancellationToken ct) => subject switch
    {
        Subject.Delivery delivery => _db.Deliveries.Where(d => d.CampaignId == delivery.CampaignId && d.Id == delivery.Id).Select(d => (long?)d.SubscriberId).FirstOrDefaultAsync(ct),
        Subject.SystemMail mail => _db.OutboxMails.Where(m => m.Id == mail.Id).Select(m => m.SubscriberId).FirstOrDefaultAsync(ct),
        _ => Task.FromResult<long?>(null),
    };

    private static HandledReport Seen(Report report, Subject? subject) =>
        new(report, (subject as Subject.Delivery)?.CampaignId, (subject as Subject.Delivery)?.Id, FeedbackOutcome.Noted, SeenBefore: true);

    private static string? Note(Report report) => report.Diagnostic ?? report.Reason;

    private void Tell(FeedbackEntry entry)
    {
        var (kind, outcome) = (entry.Kind.ToString(), entry.Outcome.ToString());
        if (entry is { CampaignId: { } campaign, DeliveryId: { } delivery }) _log.Recorded(kind, campaign, delivery, entry.Reason, outcome);
        else if (entry.OutboxMailId is { } mail) _log.RecordedSystemMail(kind, mail, entry.Reason, outcome);
        else _log.Unmapped(kind, entry.Id);
    }
}
