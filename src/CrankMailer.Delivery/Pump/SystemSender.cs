using CrankMailer.Delivery.Compose;
using CrankMailer.Delivery.Relays;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Delivery.Pump;

/// <summary>Sends one mail of the outbox. One object a connection; it owns the message's buffer.</summary>
internal sealed class SystemSender(SystemComposer composer, OutboxLedger outbox, OutcomeReader reader, DeliveryMetrics metrics, TimeProvider clock, ILogger<SystemSender> log) : IDisposable
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

    public Task NotTriedAsync(MailWork.System work, string why) =>
        outbox.DeferAsync(work.Mail.Id, OutcomeReader.NotTried(clock.Instant()).RetryAt, why, tried: false, CancellationToken.None);

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
                break;
            case Verdict.Deferred deferred:
                await outbox.DeferAsync(mail.Id, deferred.RetryAt, read.Facts.Reply, tried: true, CancellationToken.None);
                break;
            case Verdict.Unknown:
                // With the same Message-ID; see OutboxLedger.ClaimAsync.
                await outbox.DeferAsync(mail.Id, clock.Instant() + TimeSpan.FromMinutes(5), read.Facts.Reply, tried: true, CancellationToken.None);
                break;
            default:
                await EndAsync(mail, OutboxState.Failed, read.Facts.Reply);
                break;
        }
    }

    private async Task EndAsync(OutboxMail mail, OutboxState state, string? reply)
    {
        await outbox.EndAsync(mail.Id, state, reply, CancellationToken.None);
        log.SystemMail(mail.Id, mail.Kind, state);
    }
}
