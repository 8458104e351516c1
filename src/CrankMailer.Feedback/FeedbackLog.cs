using Microsoft.Extensions.Logging;

namespace CrankMailer.Feedback;

internal static partial class FeedbackLog
{
    [LoggerMessage(5001, LogLevel.Information, "A {Kind} about delivery {CampaignId}/{DeliveryId} ({Reason}): {Outcome}")]
    public static partial void Recorded(this ILogger log, string kind, int campaignId, long deliveryId, string? reason, string outcome);

    [LoggerMessage(5002, LogLevel.Information, "A {Kind} about system mail {OutboxMailId} ({Reason}): {Outcome}")]
    public static partial void RecordedSystemMail(this ILogger log, string kind, long outboxMailId, string? reason, string outcome);

    [LoggerMessage(5003, LogLevel.Warning, "A {Kind} bears no signed token of ours: listed as entry {EntryId}, nothing follows from it")]
    public static partial void Unmapped(this ILogger log, string kind, long entryId);

    [LoggerMessage(5004, LogLevel.Information, "An address that failed softly in three campaigns is suppressed (subscriber {SubscriberId})")]
    public static partial void SoftBouncesAddUp(this ILogger log, long subscriberId);

    [LoggerMessage(5005, LogLevel.Information, "Listening for bounces on {Endpoint}")]
    public static partial void Listening(this ILogger log, string endpoint);
}
