using CrankMailer.Delivery.Compose;
using CrankMailer.Delivery.Relays;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery.Pump;

/// <summary>Sends one mail of the outbox. One object a connection; it owns the message's buffer.</summary>
internal sealed class SystemSender(
    SystemComposer composer, OutboxLedger outbox, OutcomeReader reader, AlertRaiser alerts, RelayTalks talks, DeliveryMetrics metrics, string node, IOptions<DeliveryOptions> options, TimeProvider clock,
    ILogger<SystemSender> log) : IDisposable
{
    private readonly MessageBuffer _buffer = new(32 * 1024);

    public async Task<SendOutcome> SendAsync(MailWork.System work, RelayLane lane, CancellationToken ct)
    {
        var mail = work.Mail;
        if (await outbox.FindBlockAsync(mail, ct) is { } reason)
        {
            await EndAsync(mail, OutboxState.Failed, $"Not sent: the address is suppressed ({reason}).");
            return SendOutcome.Done;
        }
        try
        {
            var composed = await composer.ComposeAsync(_buffer, mail, ct);
            var outcome = await lane.Relay.SendAsync(new SmtpTransaction(composed.Sender, composed.Recipient, composed.Message) { BeforeFinalDot = _ => HandAsync(mail) }, ct);
            talks.Note(lane.Row.Id, outcome);
            if (RelayFault.Find(outcome) is { } fault) return new SendOutcome.Failed(fault);
            await RecordAsync(mail, lane, outcome);
        }
        catch (ProblemException e)
        {
            await EndAsync(mail, OutboxState.Failed, e.Message);
        }
        catch (NotOursException)
        {
            metrics.Attempted("withdrawn", "system");
        }
        return SendOutcome.Done;
    }

    public void Dispose() => _buffer.Dispose();

    private async ValueTask HandAsync(OutboxMail mail)
    {
        if (!await outbox.HandAsync(mail.Id, CancellationToken.None)) throw new NotOursException();
    }

    private async Task RecordAsync(OutboxMail mail, RelayLane lane, SmtpOutcome outcome)
    {
        var read = reader.Read(outcome, mail.ToAddress[(mail.ToAddress.LastIndexOf('@') + 1)..], mail.Attempts, lane);
        metrics.Attempted(read.Verdict.GetType().Name.ToLowerInvariant(), "system");
        switch (read.Verdict)
        {
            case Verdict.Accepted:
                await EndAsync(mail, OutboxState.Accepted, read.Facts.Reply);
                if (lane.RefusesSystem(false)) await alerts.ClearAsync(RelayAlerts.System, lane.Subject, null, CancellationToken.None);
                break;
            case Verdict.Misconfigured fault when clock.GetUtcNow() - mail.CreatedAt < options.Value.RetryHorizon:
                await WaitForMendingAsync(mail, lane, fault, read.Facts.Reply);
                break;
            case Verdict.Deferred deferred:
                await outbox.DeferAsync(mail, deferred.RetryAt, read.Facts.Reply, tried: true, CancellationToken.None);
                break;
            case Verdict.Unknown when !OutboxLedger.WentUnanswered(mail) && clock.GetUtcNow() - mail.CreatedAt < options.Value.RetryHorizon:
                // With the same Message-ID; see OutboxLedger.ClaimAsync.
                await outbox.DeferUnansweredAsync(mail, clock.Instant() + TimeSpan.FromMinutes(5), read.Facts.Reply, CancellationToken.None);
                break;
            case Verdict.Unknown:
                await EndAsync(mail, OutboxState.Failed, $"{GivenUp(mail)} {read.Facts.Reply}".TrimEnd());
                break;
            default:
                await EndAsync(mail, OutboxState.Failed, read.Facts.Reply);
                break;
        }
    }

    private static string GivenUp(OutboxMail mail) => OutboxLedger.WentUnanswered(mail)
        ? "Given up: it was sent twice, and no answer came either time. It may have arrived, even twice."
        : "Given up: it was sent, no answer came, and it is too old to be sent again. It may have arrived.";

    /// <summary>R91: a fault of ours fails nobody's mail; it waits, and an operator is told.</summary>
    private async Task WaitForMendingAsync(OutboxMail mail, RelayLane lane, Verdict.Misconfigured fault, string? reply)
    {
        await outbox.DeferAsync(mail, clock.Instant() + RelayHealer.OurFaultRetry, reply, tried: true, CancellationToken.None);
        if (!lane.RefusesSystem(true)) return;
        await alerts.RaiseAsync(
            Severity.Error, RelayAlerts.System, lane.Subject,
            $" says that the fault is on our side: {fault.Why}. Confirmations and other single mails wait. Mend it; they are tried again every {RelayHealer.OurFaultRetry.TotalMinutes:0} minutes.{RelayAlerts.SeenBy(node)}",
            null, null, CancellationToken.None);
    }

    private async Task EndAsync(OutboxMail mail, OutboxState state, string? reply)
    {
        await outbox.EndAsync(mail.Id, state, reply, CancellationToken.None);
        log.SystemMail(mail.Id, mail.Kind, state);
    }
}
