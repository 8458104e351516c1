using CrankMailer.Delivery.Compose;
using CrankMailer.Delivery.Relays;
using CrankMailer.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery.Pump;

/// <summary>What a connection's worker is made of.</summary>
internal sealed class WorkerParts(
    CampaignComposers composers, SystemComposer systemComposer, LedgerWriter ledger, OutboxLedger outbox, Holds<DeliveryKey> deliveries, Holds<MailKey> mails, OutcomeReader reader, CampaignStops stops,
    AlertRaiser alerts, RelayTalks talks, DeliveryMetrics metrics, SendingMode mode, IOptions<DeliveryOptions> options, TimeProvider clock, ILoggerFactory logs)
{
    public DeliveryMetrics Metrics { get; } = metrics;

    /// <summary>Name of this process.</summary>
    public string Node { get; } = mode.Node;

    public RelayTalks Talks { get; } = talks;

    public CampaignStops Stops { get; } = stops;

    public BulkSender NewBulkSender() => new(composers, ledger, reader, Stops, Talks, Metrics, options, clock, logs.CreateLogger<BulkSender>());

    public SystemSender NewSystemSender() => new(systemComposer, outbox, reader, alerts, Talks, Metrics, Node, options, clock, logs.CreateLogger<SystemSender>());

    /// <summary>Back to the ledger, for any relay or node: nothing was tried.</summary>
    public async Task GiveBackAsync(MailWork work)
    {
        if (work is MailWork.Bulk bulk) ledger.GiveBack(bulk.Delivery);
        else if (work is MailWork.System system) await DeferAsync(system, null);
    }

    /// <summary>Every relay is down: deferred, due at once, and nothing is counted. It is claimed again when a relay answers.</summary>
    public async Task NotTriedAsync(MailWork work, string? why)
    {
        if (work is MailWork.Bulk bulk) ledger.Record(bulk.Delivery, new Verdict.NotTried(), null);
        else if (work is MailWork.System system) await DeferAsync(system, why);
    }

    /// <summary>Out of this process's hands, but for what is on its way into the ledger.</summary>
    public void LetGo(MailWork work)
    {
        if (work is MailWork.Bulk bulk) deliveries.LetGo(bulk.Delivery.Key);
        else if (work is MailWork.System system) mails.LetGo(new MailKey(system.Mail.Id));
    }

    private Task DeferAsync(MailWork.System work, string? why) => outbox.DeferAsync(work.Mail, clock.Instant(), why, tried: false, CancellationToken.None);
}
