using CrankMailer.Delivery.Ledger;
using CrankMailer.Delivery.Pump;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Delivery.Campaigns;

/// <summary>The wishes that touch single deliveries, and what the others share.</summary>
public sealed partial class CampaignDesk
{
    /// <summary>
    /// Tries the failed again now: what is deferred at once, and what bounced for a reason that is not the address (soft, block, our configuration).
    /// Hard bounces stay: that mailbox does not exist (R82).
    /// </summary>
    public async Task<DeskAnswer> RetryFailedAsync(int id, int? userId, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } campaign) return Unknown(id);
        if (FindReopenProblem(campaign) is { } problem) return new DeskAnswer.Refused(problem);
        // Rows and campaign are one wish: whoever closes the page between them must not leave queued rows in a campaign that is done.
        var count = await _rows.RetryFailedAsync(id, CancellationToken.None);
        if (count == 0) return await ReopenForLeftAsync(campaign, userId) ?? new DeskAnswer.Refused("Nothing failed that could be tried again.");
        await ReopenAsync(new CampaignMove("campaign.retried", id, userId, $"{count} deliveries"), CancellationToken.None);
        return new DeskAnswer.Done(id, $"{Deliveries(count)} will be tried again.");
    }

    /// <summary>Decides about deliveries of which nobody knows whether the relay took them.</summary>
    /// <param name="deliveries">Ids; null means all uncertain ones of the campaign.</param>
    public async Task<DeskAnswer> SettleUncertainAsync(int id, IReadOnlyList<long>? deliveries, Settlement how, int? userId, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } campaign) return Unknown(id);
        if (how == Settlement.Resend && FindReopenProblem(campaign) is { } problem) return new DeskAnswer.Refused(problem);
        var to = how == Settlement.Resend ? DeliveryState.Queued : campaign.Capture ? DeliveryState.Captured : DeliveryState.Accepted;
        var count = await _rows.SettleAsync(id, deliveries, to, CancellationToken.None);
        if (count == 0) return await ReopenForLeftAsync(campaign, userId) ?? new DeskAnswer.Refused("No uncertain delivery is left to settle.");
        var move = new CampaignMove("campaign.settled", id, userId, $"{count} uncertain: {how.ToString().ToLowerInvariant()}");
        if (how == Settlement.Resend) await ReopenAsync(move, CancellationToken.None);
        else await NoteAsync(move, CancellationToken.None);
        if (await _db.CampaignCounters.Where(c => c.CampaignId == id && c.State == DeliveryState.Uncertain).SumAsync(c => c.Count, CancellationToken.None) == 0)
            await _moves.CloseAlertsAsync(id, userId, CancellationToken.None, CampaignEnd.Uncertain);
        return new DeskAnswer.Done(id, how == Settlement.Resend ? $"{Deliveries(count)} will be sent again with the same Message-ID." : $"{Deliveries(count)} counted as accepted.");
    }

    private static Task<int> RunAsync(IQueryable<Campaign> moving, DateTimeOffset now, CancellationToken ct) =>
        moving.ExecuteUpdateAsync(s => s
            .SetProperty(c => c.State, CampaignState.Running).SetProperty(c => c.StateReason, (string?)null)
            .SetProperty(c => c.LastLedgerWrite, now).SetProperty(c => c.DoneAt, (DateTimeOffset?)null), ct);

    // The pump holds a campaign whose last ledger write is old; a person has just looked at this one.
    private Task<int> RunAsync(IQueryable<Campaign> moving, CancellationToken ct) => RunAsync(moving, _clock.Instant(), ct);

    /// <summary>A campaign that was done runs again for the rows put back; one that runs or stands stays as it is.</summary>
    private async Task ReopenAsync(CampaignMove move, CancellationToken ct)
    {
        if (!await _moves.TryAsync(move, [CampaignState.Done], moving => RunAsync(moving, ct), ct)) await NoteAsync(move, ct);
    }

    /// <summary>
    /// A process that ended between the rows and the campaign left rows to be sent in a campaign that is done; asked once more, it is opened for them.
    /// </summary>
    private async Task<DeskAnswer?> ReopenForLeftAsync(Campaign campaign, int? userId)
    {
        if (campaign.State != CampaignState.Done || FindReopenProblem(campaign) is not null) return null;
        var left = await _db.CampaignCounters.Where(c => c.CampaignId == campaign.Id && DeliveryStates.Open.Contains(c.State)).SumAsync(c => c.Count, CancellationToken.None);
        if (left <= 0) return null;
        await ReopenAsync(new CampaignMove("campaign.retried", campaign.Id, userId, $"{left} deliveries"), CancellationToken.None);
        return new DeskAnswer.Done(campaign.Id, $"{Deliveries(left)} will be sent now.");
    }

    private Task SetTriggerAsync(int id, DateTimeOffset at, CancellationToken ct) => _trigger?.SetAsync(id, at, ct) ?? Task.CompletedTask;

    private async Task NoteAsync(CampaignMove move, CancellationToken ct)
    {
        _moves.Note(move.Action, move.CampaignId, move.UserId, move.Detail);
        await _db.SaveChangesAsync(ct);
    }

    private string? FindReopenProblem(Campaign campaign)
    {
        if (campaign.State == CampaignState.Cancelled) return "It is cancelled; nothing of it will be sent.";
        if (campaign.StartedAt is null) return "It has not started.";
        return _mode.Capture && !campaign.Capture ? "This process catches its mail, and the campaign was made to be really sent." : null;
    }

    private async Task<string?> FindStartProblemAsync(int id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } campaign) return Unknown(id).Text;
        if (_mode.Capture && !campaign.Capture) return "This process catches its mail, and the campaign was made to be really sent. Make a new one from the same issue to try it here.";
        var editions = await _db.CampaignEditions.Where(e => e.CampaignId == id).Select(e => e.EditionId).ToListAsync(ct);
        return await _readiness.FindProblemAsync(campaign.IssueId, editions, ct) ?? await _readiness.FindRelayProblemAsync(campaign.Capture, ct);
    }

    private async Task<string?> FindListProblemAsync(int publicationId, AudienceChoice choice, CancellationToken ct)
    {
        if (choice.Lists.Count == 0) return "Choose at least one list.";
        if (choice.Lists.Intersect(choice.Excluded).Any()) return "The same list is chosen and excluded.";
        var wanted = choice.Lists.Concat(choice.Excluded).Distinct().ToList();
        var known = await _db.Lists.CountAsync(l => wanted.Contains(l.Id) && l.PublicationId == publicationId && l.ArchivedAt == null, ct);
        return known == wanted.Count ? null : "One of the lists is archived or belongs to another publication.";
    }

    private void AddLists(int id, AudienceChoice choice)
    {
        foreach (var list in choice.Lists.Distinct()) _db.CampaignLists.Add(new CampaignList { CampaignId = id, ListId = list });
        foreach (var list in choice.Excluded.Distinct()) _db.CampaignLists.Add(new CampaignList { CampaignId = id, ListId = list, Excluded = true });
    }

    private async Task<Campaign?> FindAsync(int id, CancellationToken ct) => await _db.Campaigns.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, ct);

    private static DeskAnswer.Refused Unknown(int id) => new($"There is no campaign {id}.");

    private async Task<DeskAnswer> RefusedAsync(int id, string why, CancellationToken ct) =>
        await FindAsync(id, ct) is { } campaign
            ? new DeskAnswer.Refused($"{why} “{campaign.Name}” is {campaign.State.ToString().ToLowerInvariant()}.")
            : Unknown(id);

    private static string Deliveries(long count) => count == 1 ? "1 delivery" : $"{count} deliveries";
}
