using CrankMailer.Delivery.Campaigns;

namespace CrankMailer.Jobs;

/// <summary>The due-campaign sweep; also triggered at the very instant a campaign is scheduled for.</summary>
internal sealed class StartDueCampaigns(DueCampaigns campaigns) : IScheduledJob
{
    public Task RunAsync(string subject, CancellationToken ct) => campaigns.StartAsync(ct);
}
