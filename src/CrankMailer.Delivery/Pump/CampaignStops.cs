using CrankMailer.Delivery.Campaigns;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Delivery.Pump;

/// <summary>Stops a campaign without a person: paused for a fault of ours (R91), held where nothing old may start by itself (design §3); each with an alert.</summary>
internal sealed class CampaignStops(IServiceScopeFactory scopes, AlertRaiser alerts, ILogger<CampaignStops> log)
{
    /// <summary>Kinds of alert of a campaign that was stopped.</summary>
    public const string Misconfigured = "misconfigured";
    public const string Unsendable = "unsendable";
    public const string Held = "campaign-held";

    /// <param name="kind">Of the alert.</param>
    /// <param name="why">Shown on the campaign and in the alert.</param>
    public async Task StopAsync(RunningCampaign campaign, string kind, string why, CancellationToken ct)
    {
        campaign.Stop();
        await using var scope = scopes.CreateAsyncScope();
        var moves = scope.ServiceProvider.GetRequiredService<CampaignMoves>();
        var stopped = await moves.TryAsync(
            new CampaignMove("campaign.paused", campaign.Id, null, why), [CampaignState.Running],
            moving => moving.ExecuteUpdateAsync(s => s.SetProperty(c => c.State, CampaignState.Paused).SetProperty(c => c.StateReason, why), ct), ct);
        if (!stopped) return; // several connections see the same fault; the first one tells
        log.CampaignStopped(campaign.Id, why);
        await alerts.RaiseAsync(Severity.Error, kind, "", why, campaign.PublicationId, campaign.Id, ct);
    }

    public async Task HoldAsync(int campaignId, int publicationId, string why, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var moves = scope.ServiceProvider.GetRequiredService<CampaignMoves>();
        if (!await moves.TryHoldAsync(new CampaignMove("campaign.held", campaignId, null, why), why, ct)) return;
        log.CampaignHeld(campaignId, why);
        await alerts.RaiseAsync(Severity.Warning, Held, "", $"{why} Look at it, then confirm or cancel it.", publicationId, campaignId, ct);
    }

    public Task AlertAsync(RunningCampaign campaign, string kind, string subject, string text, CancellationToken ct) =>
        alerts.RaiseAsync(Severity.Warning, kind, subject, text, campaign.PublicationId, campaign.Id, ct);
}
