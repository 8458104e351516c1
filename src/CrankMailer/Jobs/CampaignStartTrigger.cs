using CrankMailer.Delivery.Campaigns;
using Quartz;

namespace CrankMailer.Jobs;

/// <summary>Has the due-campaign job run at the very time a campaign is to start.</summary>
internal sealed class CampaignStartTrigger(IJobScheduler scheduler, ILogger<CampaignStartTrigger> log) : IStartTrigger
{
    public async Task SetAsync(int campaignId, DateTimeOffset at, CancellationToken ct)
    {
        try
        {
            await scheduler.ScheduleAsync<StartDueCampaigns>($"campaign:{campaignId}", at, ct);
        }
        catch (SchedulerException e)
        {
            log.NoTrigger(campaignId, e); // the campaign's row is written: the sweep starts it, some seconds later
        }
    }
}
