using CrankMailer.Model;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Operations;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Delivery.Campaigns;

/// <summary>The one way a campaign's row changes its state: a conditional update, with its audit entry in the same transaction.</summary>
internal sealed class CampaignMoves(CrankDb db, TimeProvider clock)
{
    private static readonly CampaignState[] Holdable = [CampaignState.Draft, CampaignState.Scheduled, CampaignState.Running, CampaignState.Paused];

    /// <returns>True where the campaign was in one of the states and the update changed its row.</returns>
    public Task<bool> TryAsync(CampaignMove move, IReadOnlyList<CampaignState> from, Func<IQueryable<Campaign>, Task<int>> update, CancellationToken ct) =>
        TryAsync(move, from, update, () => Task.CompletedTask, ct);

    /// <param name="alongside">What else belongs to the change, in the same transaction.</param>
    public async Task<bool> TryAsync(
        CampaignMove move, IReadOnlyList<CampaignState> from, Func<IQueryable<Campaign>, Task<int>> update, Func<Task> alongside, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await update(db.Campaigns.Where(c => c.Id == move.CampaignId && from.Contains(c.State))) != 1) return false;
        await alongside();
        Note(move.Action, move.CampaignId, move.UserId, move.Detail);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Running from now on, the audience frozen as of this instant; the issue is published with it.</summary>
    /// <param name="onlyWhenDue">For the sweep: a campaign that was given a later time since the sweep looked stays scheduled.</param>
    public async Task<bool> TryStartAsync(CampaignMove move, IReadOnlyList<CampaignState> from, CancellationToken ct, bool onlyWhenDue = false)
    {
        var now = clock.Instant();
        return await TryAsync(
            move, from,
            moving => moving.Where(c => !onlyWhenDue || c.StartsAt <= now).ExecuteUpdateAsync(s => s
                .SetProperty(c => c.State, CampaignState.Running).SetProperty(c => c.StartedAt, now).SetProperty(c => c.FreezeAt, now)
                .SetProperty(c => c.LastLedgerWrite, now).SetProperty(c => c.StateReason, (string?)null), ct),
            () => PublishAsync(move.CampaignId, now, ct),
            ct);
    }

    public Task<bool> TryHoldAsync(CampaignMove move, string reason, CancellationToken ct) =>
        TryAsync(move, Holdable, moving => moving.ExecuteUpdateAsync(s => s
            .SetProperty(c => c.State, CampaignState.Held).SetProperty(c => c.StateReason, reason), ct), ct);

    /// <summary>Adds the audit entry to the context; it is written with the caller's save.</summary>
    public void Note(string action, int campaignId, int? userId, string? detail = null) =>
        db.AuditEntries.Add(new AuditEntry { At = clock.Instant(), UserId = userId, Action = action, Subject = $"campaign:{campaignId}", Detail = detail });

    /// <param name="kinds">None: all of the campaign.</param>
    public async Task CloseAlertsAsync(int campaignId, int? userId, CancellationToken ct, params string[] kinds)
    {
        var now = clock.Instant();
        await db.Alerts.Where(a => a.CampaignId == campaignId && a.ClosedAt == null && (kinds.Length == 0 || kinds.Contains(a.Kind)))
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.ClosedAt, now).SetProperty(a => a.ClosedById, userId), ct);
    }

    /// <summary>The mails link to the archive, so it must show the issue from the first of them on.</summary>
    private async Task PublishAsync(int campaignId, DateTimeOffset now, CancellationToken ct)
    {
        var issueId = await db.Campaigns.Where(c => c.Id == campaignId).Select(c => c.IssueId).SingleAsync(ct);
        await db.Issues.Where(i => i.Id == issueId && i.State == IssueState.Approved)
            .ExecuteUpdateAsync(s => s.SetProperty(i => i.State, IssueState.Published).SetProperty(i => i.PublishedAt, i => i.PublishedAt ?? now), ct);
    }
}
