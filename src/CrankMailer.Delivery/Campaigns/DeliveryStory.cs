using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Delivery.Campaigns;

/// <summary>Answers "why did X not get it?" by part of an address: deliveries with their attempts, or the reason why left out.</summary>
public sealed class DeliveryStory
{
    /// <summary>People looked at for one search; a longer part of the address finds the right ones.</summary>
    private const int MostPeople = 50;

    /// <summary>Reports shown of one delivery; there is rarely more than one.</summary>
    private const int MostEntries = 20;

    private readonly CrankDb _db;

    internal DeliveryStory(CrankDb db) => _db = db;

    /// <param name="campaignId">Null: in all campaigns.</param>
    /// <returns>Newest campaign first.</returns>
    public async Task<IReadOnlyList<StoryLine>> SearchAsync(string partOfAddress, int? campaignId, int take, CancellationToken ct)
    {
        var part = partOfAddress.Trim().ToLowerInvariant();
        if (part.Length == 0) return [];
        var people = await _db.Subscribers.AsNoTracking().Where(s => s.NormalizedEmail != null && s.NormalizedEmail.Contains(part))
            .OrderBy(s => s.Id).Take(MostPeople).Select(s => new Person(s.Id, s.Email, s.AddressHash, s.PublicationId)).ToDictionaryAsync(s => s.Id, ct);
        var ids = people.Keys.ToList();
        var deliveries = await _db.Deliveries.AsNoTracking().Where(d => ids.Contains(d.SubscriberId) && (campaignId == null || d.CampaignId == campaignId))
            .OrderByDescending(d => d.CampaignId).ThenBy(d => d.SubscriberId).Take(take).ToListAsync(ct);
        var leftOut = await _db.LeftOut.AsNoTracking().Where(l => ids.Contains(l.SubscriberId) && (campaignId == null || l.CampaignId == campaignId))
            .OrderByDescending(l => l.CampaignId).ThenBy(l => l.SubscriberId).Take(take).ToListAsync(ct);
        var campaignIds = deliveries.Select(d => d.CampaignId).Concat(leftOut.Select(l => l.CampaignId)).Distinct().ToList();
        var names = await _db.Campaigns.Where(c => campaignIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => new Told(c.Name, c.TimeZone, c.StartedAt, c.FrozenAt), ct);

        var lines = new List<StoryLine>();
        foreach (var delivery in deliveries) lines.Add(await TellAsync(delivery, names[delivery.CampaignId], people[delivery.SubscriberId], ct));
        foreach (var left in leftOut) lines.Add(await TellAsync(left, names[left.CampaignId], people[left.SubscriberId], ct));
        return [.. lines.OrderByDescending(l => l.CampaignId).ThenBy(l => l.SubscriberId).Take(take)];
    }

    private async Task<StoryLine> TellAsync(LeftOut left, Told campaign, Person person, CancellationToken ct)
    {
        var sentence = left.Reason == LeftOutReason.Suppressed ? await WhySuppressedAsync(campaign, person, ct) : SentenceOf(left.Reason);
        return new StoryLine(left.CampaignId, campaign.Name, left.SubscriberId, person.Email, sentence, left.Reason, null, []);
    }

    private async Task<StoryLine> TellAsync(Model.Ledger.Delivery d, Told campaign, Person person, CancellationToken ct)
    {
        var attempts = await _db.Attempts.AsNoTracking().Where(a => a.CampaignId == d.CampaignId && a.DeliveryId == d.Id).OrderBy(a => a.Number).ToListAsync(ct);
        var last = attempts.LastOrDefault();
        var line = new DeliveryLine(d.Id, d.SubscriberId, d.Address, d.Provider, d.State, d.Class, d.Attempts, d.NotBefore, d.StateAt, last?.Phase, last?.Code, last?.Reply);
        var cameBack = await _db.FeedbackEntries.AsNoTracking().Where(f => f.CampaignId == d.CampaignId && f.DeliveryId == d.Id).OrderBy(f => f.At).ThenBy(f => f.Id).Take(MostEntries).ToListAsync(ct);
        var sentence = d.State == DeliveryState.Suppressed ? await WhyTakenOutAsync(person, campaign.TimeZone, ct)
            : string.Join(' ', (await LaterAsync(d, last?.At ?? d.StateAt, cameBack, campaign.TimeZone, ct)).Prepend(SentenceOf(line, last, cameBack, campaign.TimeZone)));
        return new StoryLine(d.CampaignId, campaign.Name, d.SubscriberId, person.Email, sentence, null, line, attempts) { CameBack = cameBack };
    }

    private async Task<string> WhyTakenOutAsync(Person person, string zone, CancellationToken ct) =>
        (await SuppressionsAsync(person, ct)).Find(s => s.LiftedAt is null) is { } found
            ? $"Taken out before its turn: the address is suppressed ({WordsOf(found.Reason)}) since {SendTime.Show(found.At, zone)}."
            : "Taken out before its turn: the person had unsubscribed or paused meanwhile.";

    /// <summary>By the suppression in force when the audience was written down; what was lifted or added later is not to blame.</summary>
    private async Task<string> WhySuppressedAsync(Told campaign, Person person, CancellationToken ct)
    {
        var all = await SuppressionsAsync(person, ct);
        var cause = all.Find(s => s.At <= (campaign.FrozenAt ?? DateTimeOffset.MaxValue) && !(s.LiftedAt < campaign.StartedAt)) ?? all.Find(s => s.LiftedAt is null);
        return cause switch
        {
            null => "Left out: the address was suppressed when the campaign started.",
            { LiftedAt: { } lifted } => $"Left out: the address was suppressed ({WordsOf(cause.Reason)}) from {SendTime.Show(cause.At, campaign.TimeZone)} to {SendTime.Show(lifted, campaign.TimeZone)}.",
            _ => $"Left out: the address is suppressed ({WordsOf(cause.Reason)}) since {SendTime.Show(cause.At, campaign.TimeZone)}.",
        };
    }

    /// <summary>Oldest first, lifted ones too.</summary>
    private Task<List<Suppression>> SuppressionsAsync(Person person, CancellationToken ct) => _db.Suppressions.AsNoTracking()
        .Where(s => s.AddressHash == person.AddressHash && (s.PublicationId == null || s.PublicationId == person.PublicationId)).OrderBy(s => s.At).ThenBy(s => s.Id).ToListAsync(ct);

    /// <summary>Who was sent it and left or paused afterwards: what they ask about may be the next one.</summary>
    /// <param name="sent">When it was last tried.</param>
    private async Task<List<string>> LaterAsync(Model.Ledger.Delivery d, DateTimeOffset sent, IReadOnlyList<FeedbackEntry> cameBack, string zone, CancellationToken ct)
    {
        var off = await (from chosen in _db.CampaignLists
                         join s in _db.Subscriptions on chosen.ListId equals s.ListId
                         join list in _db.Lists on s.ListId equals list.Id
                         where chosen.CampaignId == d.CampaignId && !chosen.Excluded && s.SubscriberId == d.SubscriberId
                            && (s.State == SubscriptionState.Paused || s.State == SubscriptionState.Unsubscribed)
                         orderby list.Name
                         select new { list.Id, list.Name, s.State, s.EndedAt, s.PausedUntil }).ToListAsync(ct);
        var told = new List<string>();
        foreach (var list in off)
        {
            if (list.State == SubscriptionState.Unsubscribed)
            {
                // A complaint ends the subscription, and its own sentence says so.
                if (list.EndedAt is { } ended && ended >= sent && !cameBack.Any(f => f.Kind == FeedbackKind.Complaint)) told.Add($"They unsubscribed from “{list.Name}” later, on {SendTime.Show(ended, zone)}.");
                continue;
            }
            var paused = await _db.ConsentEntries.Where(c => c.SubscriberId == d.SubscriberId && c.ListId == list.Id && c.Kind == ConsentKind.Paused)
                .OrderByDescending(c => c.At).Select(c => (DateTimeOffset?)c.At).FirstOrDefaultAsync(ct);
            if (paused >= sent) told.Add($"They paused “{list.Name}” later, on {SendTime.Show(paused.Value, zone)}{(list.PausedUntil is { } until ? $", until {SendTime.Show(until, zone)}" : "")}.");
        }
        return told;
    }

    /// <summary>What the relay said, then what came back.</summary>
    private static string SentenceOf(DeliveryLine d, Attempt? last, IReadOnlyList<FeedbackEntry> cameBack, string zone)
    {
        var bounce = cameBack.LastOrDefault(f => f is { Kind: FeedbackKind.Bounce, Delayed: false });
        // Taken at first: the failure is in a report, not in the reply.
        var first = d.State == DeliveryState.Bounced && bounce is not null && last is not { Verdict: AttemptVerdict.Bounced }
            ? last is { Verdict: AttemptVerdict.Accepted } ? $"The next server took it on {SendTime.Show(last.At, zone)}." : "It was handed over; nobody saw the answer."
            : SentenceOf(d, zone);
        return string.Join(' ', cameBack.Select(f => TellEntry(f, zone)).Prepend(first));
    }

    private static string TellEntry(FeedbackEntry f, string zone) => f switch
    {
        { Kind: FeedbackKind.Bounce, Delayed: true } => $"On {SendTime.Show(f.At, zone)} a server wrote that it still tries.{Said(f)}",
        { Kind: FeedbackKind.Bounce } => $"It came back on {SendTime.Show(f.At, zone)} ({f.Class?.ToString().ToLowerInvariant()}).{Said(f)}{(f.Outcome == FeedbackOutcome.Suppressed ? " The address is suppressed since." : "")}",
        { Kind: FeedbackKind.Complaint } => $"On {SendTime.Show(f.At, zone)} the reader reported it as spam ({f.Reason}); the address is suppressed and unsubscribed since.",
        { Kind: FeedbackKind.AuthReport } => $"On {SendTime.Show(f.At, zone)} a receiver reported that it failed authentication.",
        { Kind: FeedbackKind.AutoReply } => $"An automatic reply came on {SendTime.Show(f.At, zone)}.",
        _ => $"On {SendTime.Show(f.At, zone)} a receiver confirmed that it arrived.",
    };

    private static string Said(FeedbackEntry f) => f.Diagnostic is { Length: > 0 } said ? $" The report says: {said}" : "";

    private static string SentenceOf(DeliveryLine d, string zone)
    {
        var said = d.LastReply is { Length: > 0 } reply ? $" The relay said: {reply}" : "";
        return d.State switch
        {
            DeliveryState.Queued => "Waits for its turn.",
            DeliveryState.Claimed or DeliveryState.Handed => "Is being handed over right now.",
            DeliveryState.Accepted => $"The next server took it on {SendTime.Show(d.StateAt, zone)}. What it did with it, nobody tells us.{said}",
            DeliveryState.Deferred => $"Not taken yet; tried again {(d.NotBefore is { } at ? $"from {SendTime.Show(at, zone)}" : "soon")}.{said}",
            DeliveryState.Bounced => $"Refused for good on {SendTime.Show(d.StateAt, zone)} ({d.Class?.ToString().ToLowerInvariant() ?? "unclassed"}).{said}",
            DeliveryState.Uncertain => "Nobody knows: the connection or our process ended between the message and the answer. Decide whether to send it again.",
            DeliveryState.Cancelled => "The campaign was cancelled before its turn.",
            DeliveryState.Captured => "Caught in capture mode; nothing was really sent.",
            _ => d.State.ToString(),
        };
    }

    private static string SentenceOf(LeftOutReason reason) => reason switch
    {
        LeftOutReason.Unconfirmed => "Left out: had not confirmed the subscription when the campaign started.",
        LeftOutReason.Unsubscribed => "Left out: had unsubscribed.",
        LeftOutReason.Paused => "Left out: had paused the subscription.",
        LeftOutReason.Excluded => "Left out: is on a list that was excluded.",
        LeftOutReason.Erased => "Left out: the person's data was erased.",
        LeftOutReason.InvalidAddress => "Left out: the address cannot exist.",
        LeftOutReason.DuplicateAddress => "Left out: the same address got it under another entry.",
        _ => $"Left out: {reason}.",
    };

    private static string WordsOf(SuppressionReason reason) => reason switch
    {
        SuppressionReason.HardBounce => "mail bounced: it does not exist",
        SuppressionReason.SoftBounces => "mail bounced again and again",
        SuppressionReason.Complaint => "the reader complained",
        SuppressionReason.Operator => "by an operator",
        SuppressionReason.Import => "by an import",
        SuppressionReason.Erased => "the person was erased",
        _ => reason.ToString(),
    };

    /// <summary>What the sentences need of a campaign.</summary>
    private sealed record Told(string Name, string TimeZone, DateTimeOffset? StartedAt, DateTimeOffset? FrozenAt);

    /// <summary>Whom it is told of.</summary>
    private sealed record Person(long Id, string? Email, byte[] AddressHash, int PublicationId);
}
