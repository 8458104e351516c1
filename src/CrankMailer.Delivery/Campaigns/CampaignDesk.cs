using CrankMailer.Delivery.Ledger;
using CrankMailer.Delivery.Pump;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery.Campaigns;

/// <summary>
/// What a person does with a campaign. Every change is one conditional update of its row together with an audit entry, so two people, or a person and
/// the pump, cannot both win; what cannot be is refused in a plain sentence. The pump sees a change within a second, in whatever process it runs.
/// </summary>
public sealed partial class CampaignDesk
{
    private readonly CrankDb _db;
    private readonly CampaignReadiness _readiness;
    private readonly CampaignMoves _moves;
    private readonly RowMoves _rows;
    private readonly IStartTrigger? _trigger;
    private readonly SendingMode _mode;
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _clock;

    /// <param name="trigger">Null where this process runs no jobs: a command, or a process for the web alone. The sweep of another starts it then.</param>
    internal CampaignDesk(
        CrankDb db, CampaignReadiness readiness, CampaignMoves moves, RowMoves rows, IStartTrigger? trigger, SendingMode mode, IOptions<DeliveryOptions> options, TimeProvider clock) =>
        (_db, _readiness, _moves, _rows, _trigger, _mode, _options, _clock) = (db, readiness, moves, rows, trigger, mode, options.Value, clock);

    /// <summary>A draft of a campaign from approved editions of an issue.</summary>
    public async Task<DeskAnswer> CreateAsync(NewCampaign campaign, int? userId, CancellationToken ct)
    {
        if (await _readiness.FindProblemAsync(campaign.IssueId, campaign.EditionIds, ct) is { } problem) return new DeskAnswer.Refused(problem);
        var issue = await _db.Issues.AsNoTracking().SingleAsync(i => i.Id == campaign.IssueId, ct);
        if (await FindListProblemAsync(issue.PublicationId, campaign.Audience, ct) is { } wrong) return new DeskAnswer.Refused(wrong);

        var zone = (await _db.Publications.AsNoTracking().SingleAsync(p => p.Id == issue.PublicationId, ct)).Document.TimeZone;

        var name = campaign.Name.Trim();
        var row = new Campaign
        {
            // Until a person schedules it in another: every time of it is shown in this zone.
            TimeZone = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? zone : "Etc/UTC",
            PublicationId = issue.PublicationId, IssueId = issue.Id, Name = name.Length > 0 ? name : issue.Title ?? issue.Slug,
            State = CampaignState.Draft, Capture = _mode.Capture, CreatedById = userId, CreatedAt = _clock.Instant(),
        };
        await using var transaction = await _db.Database.BeginTransactionAsync(ct);
        _db.Campaigns.Add(row);
        await _db.SaveChangesAsync(ct);
        foreach (var edition in await _db.Editions.Where(e => campaign.EditionIds.Contains(e.Id)).Select(e => new { e.Id, e.Lang }).ToListAsync(ct))
            _db.CampaignEditions.Add(new CampaignEdition { CampaignId = row.Id, EditionId = edition.Id, Lang = edition.Lang });
        AddLists(row.Id, campaign.Audience);
        _moves.Note("campaign.created", row.Id, userId, $"issue:{issue.Id} editions:{string.Join(',', campaign.EditionIds)}");
        await _db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new DeskAnswer.Done(row.Id, $"“{row.Name}” is ready to be scheduled.");
    }

    /// <summary>Chooses the lists anew; possible until it starts.</summary>
    public async Task<DeskAnswer> ChooseAsync(int id, AudienceChoice choice, int? userId, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } campaign) return Unknown(id);
        if (await FindListProblemAsync(campaign.PublicationId, choice, ct) is { } wrong) return new DeskAnswer.Refused(wrong);
        var detail = $"lists:{string.Join(',', choice.Lists)} excluded:{string.Join(',', choice.Excluded)}";
        return await _moves.TryAsync(
            new CampaignMove("campaign.audience", id, userId, detail),
            [CampaignState.Draft, CampaignState.Scheduled, CampaignState.Held],
            moving => moving.Where(c => c.StartedAt == null).ExecuteUpdateAsync(s => s.SetProperty(c => c.FreezeCursor, 0), ct),
            async () =>
            {
                await _db.CampaignLists.Where(l => l.CampaignId == id).ExecuteDeleteAsync(ct);
                AddLists(id, choice);
            },
            ct)
            ? new DeskAnswer.Done(id, "The lists are chosen.")
            : await RefusedAsync(id, "Its lists can be chosen only before it has started.", ct);
    }

    /// <summary>Starts by itself at an instant, shown in a zone.</summary>
    /// <param name="zone">IANA name.</param>
    public async Task<DeskAnswer> ScheduleAsync(int id, DateTimeOffset at, string zone, int? userId, CancellationToken ct)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) return new DeskAnswer.Refused($"“{zone}” is no time zone. Take a name such as Europe/Vienna.");
        if (at < _clock.GetUtcNow()) return new DeskAnswer.Refused($"{SendTime.Show(at, zone)} is past. Take a later time, or start it now.");
        if (await FindStartProblemAsync(id, ct) is { } problem) return new DeskAnswer.Refused(problem);
        var when = Instants.Cut(at);
        var done = await _moves.TryAsync(
            new CampaignMove("campaign.scheduled", id, userId, SendTime.Show(at, zone)),
            [CampaignState.Draft, CampaignState.Scheduled],
            moving => moving.ExecuteUpdateAsync(s => s
                .SetProperty(c => c.State, CampaignState.Scheduled).SetProperty(c => c.StartsAt, when).SetProperty(c => c.TimeZone, zone)
                .SetProperty(c => c.StateReason, (string?)null), ct), ct);
        if (!done) return await RefusedAsync(id, "It can be scheduled only as long as it has not started.", ct);
        await SetTriggerAsync(id, when, ct);
        return new DeskAnswer.Done(id, $"It will start on {SendTime.Show(at, zone)}.");
    }

    /// <summary>Back to a draft.</summary>
    public async Task<DeskAnswer> UnscheduleAsync(int id, int? userId, CancellationToken ct) =>
        await _moves.TryAsync(
            new CampaignMove("campaign.unscheduled", id, userId), [CampaignState.Scheduled],
            moving => moving.ExecuteUpdateAsync(s => s.SetProperty(c => c.State, CampaignState.Draft).SetProperty(c => c.StartsAt, (DateTimeOffset?)null), ct), ct)
            ? new DeskAnswer.Done(id, "It is a draft again and will not start by itself.")
            : await RefusedAsync(id, "It is not scheduled.", ct);

    /// <summary>Starts now: the audience is frozen as of this instant.</summary>
    public async Task<DeskAnswer> StartAsync(int id, int? userId, CancellationToken ct)
    {
        if (await FindStartProblemAsync(id, ct) is { } problem) return new DeskAnswer.Refused(problem);
        return await _moves.TryStartAsync(new CampaignMove("campaign.started", id, userId), [CampaignState.Draft, CampaignState.Scheduled], ct)
            ? new DeskAnswer.Done(id, "It is being sent.")
            : await RefusedAsync(id, "It has been started already.", ct);
    }

    /// <summary>No new message leaves from the next second on; those in flight are finished.</summary>
    public async Task<DeskAnswer> PauseAsync(int id, string? reason, int? userId, CancellationToken ct) =>
        await _moves.TryAsync(
            new CampaignMove("campaign.paused", id, userId, reason), [CampaignState.Running],
            moving => moving.ExecuteUpdateAsync(s => s.SetProperty(c => c.State, CampaignState.Paused).SetProperty(c => c.StateReason, reason ?? "Paused by hand."), ct), ct)
            ? new DeskAnswer.Done(id, "It is paused. Messages already on their way are finished.")
            : await RefusedAsync(id, "Only a running campaign can be paused.", ct);

    /// <summary>Goes on where it stood: nobody twice, nobody skipped (R94).</summary>
    public async Task<DeskAnswer> ResumeAsync(int id, int? userId, CancellationToken ct)
    {
        if (await FindStartProblemAsync(id, ct) is { } problem) return new DeskAnswer.Refused(problem);
        if (!await _moves.TryAsync(new CampaignMove("campaign.resumed", id, userId), [CampaignState.Paused], moving => RunAsync(moving, ct), ct))
            return await RefusedAsync(id, "Only a paused campaign can be resumed.", ct);
        // What stopped it is looked at anew: if it stands, it is told anew, with what is wrong now.
        await _moves.CloseAlertsAsync(id, userId, ct, CampaignStops.Misconfigured, CampaignStops.Unsendable);
        return new DeskAnswer.Done(id, "It goes on.");
    }

    /// <summary>Ends it for good: what was not handed over is taken back.</summary>
    public async Task<DeskAnswer> CancelAsync(int id, string? reason, int? userId, CancellationToken ct)
    {
        if (!await _moves.TryAsync(
            new CampaignMove("campaign.cancelled", id, userId, reason),
            [CampaignState.Draft, CampaignState.Scheduled, CampaignState.Running, CampaignState.Paused, CampaignState.Held],
            moving => moving.ExecuteUpdateAsync(s => s.SetProperty(c => c.State, CampaignState.Cancelled).SetProperty(c => c.StateReason, reason ?? "Cancelled by hand."), ct), ct))
            return await RefusedAsync(id, "It has ended already.", ct);
        // What kept it from being sent does not matter any more; what became of the mails that were sent does.
        await _moves.CloseAlertsAsync(id, userId, CancellationToken.None, CampaignStops.Held, CampaignStops.Misconfigured, CampaignStops.Unsendable);
        return new DeskAnswer.Done(id, "It is cancelled. What had been handed over stays sent.");
    }

    /// <summary>Stands until a person confirms it.</summary>
    public async Task<DeskAnswer> HoldAsync(int id, string reason, int? userId, CancellationToken ct) =>
        await _moves.TryHoldAsync(new CampaignMove("campaign.held", id, userId, reason), reason, ct)
            ? new DeskAnswer.Done(id, "It is held until somebody confirms it.")
            : await RefusedAsync(id, "It cannot be held any more.", ct);

    /// <summary>A person has looked at a held campaign: it goes on, starts now, or waits for its time again.</summary>
    public async Task<DeskAnswer> ConfirmHeldAsync(int id, int? userId, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } campaign) return Unknown(id);
        if (campaign.State != CampaignState.Held) return await RefusedAsync(id, "Only a held campaign can be confirmed.", ct);
        if (_mode.Capture && !campaign.Capture)
            return new DeskAnswer.Refused("This process catches its mail, and the campaign was made to be really sent. Start without --capture to confirm it.");
        if (await FindStartProblemAsync(id, ct) is { } problem) return new DeskAnswer.Refused(problem);

        var move = new CampaignMove("campaign.confirmed", id, userId, campaign.StateReason);
        var now = _clock.Instant();
        var done = (campaign.StartedAt, campaign.StartsAt) switch
        {
            ({ }, _) => await _moves.TryAsync(move, [CampaignState.Held], moving => RunAsync(moving, ct), ct),
            (_, { } at) when at > now => await _moves.TryAsync(move, [CampaignState.Held], moving => moving.ExecuteUpdateAsync(s => s
                .SetProperty(c => c.State, CampaignState.Scheduled).SetProperty(c => c.StateReason, (string?)null), ct), ct),
            (_, null) => await _moves.TryAsync(move, [CampaignState.Held], moving => moving.ExecuteUpdateAsync(s => s
                .SetProperty(c => c.State, CampaignState.Draft).SetProperty(c => c.StateReason, (string?)null), ct), ct),
            _ => await _moves.TryStartAsync(move, [CampaignState.Held], ct),
        };
        if (!done) return await RefusedAsync(id, "Only a held campaign can be confirmed.", ct);
        if (campaign is { StartedAt: null, StartsAt: { } start } && start > now) await SetTriggerAsync(id, start, ct);
        await _moves.CloseAlertsAsync(id, userId, ct);
        return new DeskAnswer.Done(id, "It is confirmed.");
    }
}
