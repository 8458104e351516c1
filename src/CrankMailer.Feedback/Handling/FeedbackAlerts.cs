using CrankMailer.Model;
using CrankMailer.Model.Operations;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Feedback.Handling;

/// <summary>What an operator must see. One open alert for one kind and campaign, however often it comes.</summary>
internal sealed class FeedbackAlerts(CrankDb db, TimeProvider clock)
{
    /// <summary>R85: we are refused, with the words of who refuses.</summary>
    public Task BlockedAsync(int campaignId, string? said, CancellationToken ct) =>
        OpenAsync(Severity.Warning, "blocked", $"A receiver refuses mail of this campaign, not because of the address: {said ?? "it does not say why"}", campaignId, ct);

    /// <summary>R108: somebody's server could not verify our mail.</summary>
    public Task AuthReportAsync(int? campaignId, string? said, CancellationToken ct) =>
        OpenAsync(Severity.Warning, "auth-report", $"A receiver reports a mail in our name that fails authentication: {said ?? "no details"}. Check SPF, DKIM and DMARC with 'crankmailer doctor'.", campaignId, ct);

    private async Task OpenAsync(Severity severity, string kind, string text, int? campaignId, CancellationToken ct)
    {
        if (await db.Alerts.AnyAsync(a => a.Kind == kind && a.CampaignId == campaignId && a.ClosedAt == null, ct)) return;
        var publicationId = await db.Campaigns.Where(c => c.Id == campaignId).Select(c => (int?)c.PublicationId).FirstOrDefaultAsync(ct);
        db.Alerts.Add(new Alert { At = clock.Instant(), Severity = severity, Kind = kind, Text = text.Replace('\0', ' '), PublicationId = publicationId, CampaignId = campaignId });
    }
}
