using CrankMailer.Delivery.Campaigns;

namespace CrankMailer.Jobs;

/// <summary>The due-campaign sweep. It looks every five seconds, so commands of other processes need tell nobody.</summary>
internal sealed class StartDueCampaigns(DueCampaigns campaigns) : IScheduledJob
{
    public Task RunAsync(string subject, CancellationToken ct) => campaigns.StartAsync(ct);
}
