using CrankMailer.Delivery.Compose;
using CrankMailer.Delivery.Relays;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery.Pump;

/// <summary>Sends one claimed delivery: compose, hand over, verdict. One object a connection; it owns the message's buffer.</summary>
internal sealed class BulkSender(
    CampaignComposers composers, LedgerWriter ledger, OutcomeReader reader, CampaignStops stops, RelayTalks talks, DeliveryMetrics metrics, IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<BulkSender> log) : IDisposable
{
    private readonly MessageBuffer _buffer = new();
    private CampaignComposer? _composer;
    private RecipientValues? _values;

    /// <param name="ct">Ends a message whose final dot is not yet sent; one that is sent waits for its reply.</param>
    public async Task<SendOutcome> SendAsync(MailWork.Bulk work, RelayLane lane, CancellationToken ct)
    {
        try
        {
            if (!work.Campaign.MayBegin(clock.GetUtcNow(), options.Value.LateAfter))
            {
                ledger.GiveBack(work.Delivery);
                return SendOutcome.Done;
            }
            if (await ComposeAsync(work, ct) is not { } mail) return SendOutcome.Done;
            var begun = clock.GetTimestamp();
            var outcome = await lane.Relay.SendAsync(Transaction(work, mail), ct);
            metrics.Transaction(lane.Row.Name, clock.GetElapsedTime(begun));
            talks.Note(lane.Row.Id, outcome);
            if (RelayFault.Find(outcome) is { } fault) return new SendOutcome.Failed(fault);
            await RecordAsync(work, lane, outcome);
        }
        catch (NotOursException)
        {
            metrics.Attempted("withdrawn", "bulk"); // the ledger says why: suppressed, cancelled, or another node's
        }
        catch (LedgerUnavailableException)
        {
            // The dot was not sent. Whether the row is claimed or already handed, the give-back finds out when the ledger is there again.
            ledger.GiveBack(work.Delivery);
        }
        catch (Exception) when (GiveBack(work))
        {
            throw;
        }
        return SendOutcome.Done;
    }

    public void Dispose() => _buffer.Dispose();

    /// <summary>R71: the token of the envelope sender comes back as the envelope id, even from who strips the return path.</summary>
    private SmtpTransaction Transaction(MailWork.Bulk work, ComposedMail mail) =>
        new(mail.Sender, mail.Recipient, mail.Message) { BeforeFinalDot = stop => HandOverAsync(work.Delivery, stop), Dsn = new SmtpDsn(mail.Sender.LocalPart) };

    private async ValueTask HandOverAsync(ClaimedDelivery delivery, CancellationToken ct)
    {
        // Told to stop, it is not waited for: the give-back comes behind it in the ledger's order and finds out whether it was written.
        if (!await ledger.HandOverAsync(delivery).WaitAsync(ct)) throw new NotOursException();
    }

    private async Task<ComposedMail?> ComposeAsync(MailWork.Bulk work, CancellationToken ct)
    {
        var d = work.Delivery;
        try
        {
            var composer = await composers.GetAsync(d.CampaignId, d.EditionId, ct);
            if (composer != _composer) (_composer, _values) = (composer, composer.NewValues());
            var values = _values ?? composer.NewValues();
            var to = new Recipient(d.PublicationId, d.CampaignId, d.Id, d.SubscriberId, d.Address, d.Name, d.FirstName, d.LastName, d.Attributes);
            if (composer.Compose(_buffer, values, to, clock.GetUtcNow(), out var problem) is { } mail) return mail;
            // R65: what cannot be an address is not tried, and not held against anybody else.
            ledger.Record(d, new Verdict.Bounced(Model.Ledger.BounceClass.Config), new AttemptFacts("compose", null, null, problem, "address", null, null));
        }
        catch (ProblemException e)
        {
            ledger.GiveBack(d);
            await stops.StopAsync(work.Campaign, CampaignStops.Unsendable, $"The mail cannot be composed: {e.Message}", CancellationToken.None);
        }
        return null;
    }

    private async Task RecordAsync(MailWork.Bulk work, RelayLane lane, SmtpOutcome outcome)
    {
        var d = work.Delivery;
        var read = reader.Read(outcome, d.Provider, d.Attempts, lane);
        try
        {
            // The stop before the record: once no row is in flight, no late answer can stop a campaign that was resumed.
            if (read.Verdict is Verdict.Misconfigured fault) await stops.StopAsync(work.Campaign, CampaignStops.Misconfigured, Sentence(lane, fault), CancellationToken.None);
        }
        finally
        {
            ledger.Record(d, read.Verdict, read.Facts);
        }
        metrics.Attempted(read.Verdict.GetType().Name.ToLowerInvariant(), "bulk");
        switch (read.Verdict)
        {
            case Verdict.Deferred deferred: log.Deferred(d.CampaignId, d.Id, deferred.RetryAt, read.Facts.Code, read.Facts.EnhancedCode); break;
            case Verdict.Bounced bounced: log.Bounced(d.CampaignId, d.Id, bounced.Class, read.Facts.Code, read.Facts.EnhancedCode); break;
            case Verdict.Unknown: log.Uncertain(d.CampaignId, d.Id); break;
        }
        if (read.Class is { Alert: true } rule && read.Verdict is not Verdict.Misconfigured)
            await stops.AlertAsync(work.Campaign, "blocked", $"{d.Provider} ({rule.Name})", $" refuses our mail: {read.Facts.Reply}", CancellationToken.None);
    }

    private static string Sentence(RelayLane lane, Verdict.Misconfigured fault) =>
        $"{lane.Subject} says that the fault is on our side: {fault.Why}. Mend it, then resume the campaign; nobody was counted as a bounce.";

    /// <summary>Stands as the filter of a catch that goes on throwing: a bug or a stop must not keep the claim.</summary>
    private bool GiveBack(MailWork.Bulk work)
    {
        ledger.GiveBack(work.Delivery);
        return true;
    }
}
