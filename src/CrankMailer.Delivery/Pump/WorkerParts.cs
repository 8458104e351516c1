using CrankMailer.Delivery.Compose;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Delivery.Pump;

/// <summary>What a connection's worker is made of.</summary>
internal sealed class WorkerParts(
    CampaignComposers composers, SystemComposer systemComposer, LedgerWriter ledger, OutboxLedger outbox, OutcomeReader reader, CampaignStops stops,
    DeliveryMetrics metrics, TimeProvider clock, ILoggerFactory logs)
{
    public DeliveryMetrics Metrics { get; } = metrics;

    public CampaignStops Stops { get; } = stops;

    public BulkSender NewBulkSender() => new(composers, ledger, reader, Stops, Metrics, clock, logs.CreateLogger<BulkSender>());

    public SystemSender NewSystemSender() => new(systemComposer, outbox, reader, Metrics, clock, logs.CreateLogger<SystemSender>());

    /// <summary>A system mail that was claimed and not begun: due at once, for whoever comes next.</summary>
    public Task GiveBackAsync(MailWork.System work) => outbox.DeferAsync(work.Mail.Id, clock.GetUtcNow(), null, tried: false, CancellationToken.None);
}
