using Microsoft.Extensions.Logging;

namespace CrankMailer.Audience;

/// <summary>Ids 3xxx. Never an address.</summary>
internal static partial class AudienceLog
{
    [LoggerMessage(3001, LogLevel.Information, "Subscriber {SubscriberId} of publication {PublicationId} was sent a confirmation mail")]
    public static partial void ConfirmationAsked(this ILogger log, long subscriberId, int publicationId);

    [LoggerMessage(3002, LogLevel.Information, "No confirmation mail for subscriber {SubscriberId}: {Reason}")]
    public static partial void ConfirmationHeldBack(this ILogger log, long subscriberId, string reason);

    [LoggerMessage(3003, LogLevel.Information, "Subscriber {SubscriberId} of publication {PublicationId} confirmed")]
    public static partial void Confirmed(this ILogger log, long subscriberId, int publicationId);

    [LoggerMessage(3010, LogLevel.Information, "Subscriber {SubscriberId} left {Count} lists by a link of campaign {CampaignId}")]
    public static partial void Left(this ILogger log, long subscriberId, int count, long campaignId);

    [LoggerMessage(3011, LogLevel.Information, "Subscriber {SubscriberId} undid leaving {Count} lists")]
    public static partial void Undone(this ILogger log, long subscriberId, int count);

    [LoggerMessage(3020, LogLevel.Information, "Import of {File} ended: {Added} added, {Updated} updated, {Skipped} skipped, {Rejected} rejected")]
    public static partial void Imported(this ILogger log, string file, long added, long updated, long skipped, long rejected);
}
