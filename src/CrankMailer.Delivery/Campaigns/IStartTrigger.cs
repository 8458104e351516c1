namespace CrankMailer.Delivery.Campaigns;

/// <summary>
/// Wakes somebody when a campaign is to start: the host's job scheduler, where this process has one. Only a trigger: the row decides, and the sweep
/// over the rows starts what a lost trigger did not.
/// </summary>
public interface IStartTrigger
{
    Task SetAsync(int campaignId, DateTimeOffset at, CancellationToken ct);
}
