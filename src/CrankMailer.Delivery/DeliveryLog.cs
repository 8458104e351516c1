using Microsoft.Extensions.Logging;

namespace CrankMailer.Delivery;

/// <summary>Events 4xxx. Ids are never renumbered; addresses are never in them.</summary>
internal static partial class DeliveryLog
{
    [LoggerMessage(4001, LogLevel.Debug, "Campaign {CampaignId}: froze {Queued} deliveries, left out {LeftOut}")]
    public static partial void FrozeChunk(this ILogger log, int campaignId, long queued, long leftOut);

    [LoggerMessage(4002, LogLevel.Information, "Campaign {CampaignId}: the audience of {Audience} is final")]
    public static partial void Frozen(this ILogger log, int campaignId, long audience);
}
