using CrankMailer.Model.Ledger;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Delivery;

/// <summary>Events 4xxx. Ids are never renumbered; addresses are never in them.</summary>
internal static partial class DeliveryLog
{
    [LoggerMessage(4001, LogLevel.Debug, "Campaign {CampaignId}: froze {Queued} deliveries, left out {LeftOut}")]
    public static partial void FrozeChunk(this ILogger log, int campaignId, long queued, long leftOut);

    [LoggerMessage(4002, LogLevel.Information, "Campaign {CampaignId}: the audience of {Audience} is final")]
    public static partial void Frozen(this ILogger log, int campaignId, long audience);

    [LoggerMessage(4003, LogLevel.Warning, "Campaign {CampaignId}: took back {Requeued} claims of a lost process; {Uncertain} deliveries are uncertain")]
    public static partial void TookBack(this ILogger log, int campaignId, int requeued, int uncertain);

    [LoggerMessage(4004, LogLevel.Error, "The ledger cannot be written; {Entries} entries wait")]
    public static partial void CannotWriteLedger(this ILogger log, Exception error, int entries);

    [LoggerMessage(4005, LogLevel.Warning, "Campaign {CampaignId}: the outcome of delivery {DeliveryId} came after it had been decided otherwise ({State})")]
    public static partial void OutcomeTooLate(this ILogger log, int campaignId, long deliveryId, DeliveryState state);

    [LoggerMessage(4006, LogLevel.Error, "Campaign {CampaignId}: the outcome of delivery {DeliveryId} was not written before the process ended; it will be uncertain")]
    public static partial void LostEntry(this ILogger log, int campaignId, long deliveryId);

    [LoggerMessage(4007, LogLevel.Error, "Campaign {CampaignId}: the outcome of delivery {DeliveryId} cannot be written and was set aside")]
    public static partial void SetAside(this ILogger log, Exception error, int campaignId, long deliveryId);

    [LoggerMessage(4010, LogLevel.Information, "Campaign {CampaignId}, delivery {DeliveryId}: deferred until {RetryAt}: {Code} {EnhancedCode}")]
    public static partial void Deferred(this ILogger log, int campaignId, long deliveryId, DateTimeOffset retryAt, int? code, string? enhancedCode);

    [LoggerMessage(4011, LogLevel.Information, "Campaign {CampaignId}, delivery {DeliveryId}: bounced ({Class}): {Code} {EnhancedCode}")]
    public static partial void Bounced(this ILogger log, int campaignId, long deliveryId, BounceClass @class, int? code, string? enhancedCode);

    [LoggerMessage(4012, LogLevel.Warning, "Campaign {CampaignId}, delivery {DeliveryId}: no reply after the final dot; it is uncertain")]
    public static partial void Uncertain(this ILogger log, int campaignId, long deliveryId);

    [LoggerMessage(4013, LogLevel.Information, "System mail {MailId} ({Kind}): {State}")]
    public static partial void SystemMail(this ILogger log, long mailId, string kind, OutboxState state);

    [LoggerMessage(4020, LogLevel.Warning, "Relay {Relay} is down: {Why}")]
    public static partial void RelayDown(this ILogger log, string relay, string why);

    [LoggerMessage(4021, LogLevel.Information, "Relay {Relay} works again")]
    public static partial void RelayUp(this ILogger log, string relay);

    [LoggerMessage(4022, LogLevel.Error, "Relay {Relay} cannot be used as it is configured: {Why}")]
    public static partial void RelayMisconfigured(this ILogger log, string relay, string why);

    [LoggerMessage(4023, LogLevel.Warning, "Relay {Relay} turned a connection away and goes on with at most {Connections}; one more is tried each minute: {Why}")]
    public static partial void RelayTakesFewer(this ILogger log, string relay, int connections, string why);

    [LoggerMessage(4030, LogLevel.Information, "Campaign {CampaignId}: {Action}")]
    public static partial void CampaignMoved(this ILogger log, int campaignId, string action);

    [LoggerMessage(4031, LogLevel.Warning, "Campaign {CampaignId} is held: {Why}")]
    public static partial void CampaignHeld(this ILogger log, int campaignId, string why);

    [LoggerMessage(4032, LogLevel.Error, "Campaign {CampaignId} is paused: {Why}")]
    public static partial void CampaignStopped(this ILogger log, int campaignId, string why);

    [LoggerMessage(4040, LogLevel.Error, "The pump's loop {Loop} failed and goes on")]
    public static partial void LoopFailed(this ILogger log, Exception error, string loop);

    [LoggerMessage(4041, LogLevel.Information, "The pump runs as {Node}, capture: {Capture}")]
    public static partial void PumpStarted(this ILogger log, string node, bool capture);

    [LoggerMessage(4042, LogLevel.Information, "The pump stands; ledger written to the end: {Complete}")]
    public static partial void PumpStopped(this ILogger log, bool complete);

    [LoggerMessage(4043, LogLevel.Error, "A mail could not be put back; it is claimed again when its lease is out")]
    public static partial void NotPutBack(this ILogger log, Exception error);
}
