using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Audience;

/// <summary>The people of a publication, for the console. Reads only.</summary>
public sealed class People(CrankDb db, Suppressions suppressions)
{
    /// <summary>One page, newest first.</summary>
    public async Task<PeoplePage> PageAsync(PeopleQuery query, CancellationToken ct)
    {
        var found = db.Subscribers.AsNoTracking().Where(s => s.PublicationId == query.PublicationId && s.ErasedAt == null);
        if (query.Below is { } below) found = found.Where(s => s.Id < below);
        if (!string.IsNullOrWhiteSpace(query.Part)) found = Matching(found, query.Part.Trim());
        if (query.ListId is not null || query.State is not null)
            found = found.Where(s => db.Subscriptions.Any(x => x.SubscriberId == s.Id
                && (query.ListId == null || x.ListId == query.ListId) && (query.State == null || x.State == query.State)));
        var lines = await found.OrderByDescending(s => s.Id).Take(query.Take + 1)
            .Select(s => new PersonLine(s.Id, s.Email ?? "", s.Name, s.Lang, s.CreatedAt,
                db.Subscriptions.Count(x => x.SubscriberId == s.Id && x.State == SubscriptionState.Active),
                db.Suppressions.Any(x => x.AddressHash == s.AddressHash && x.LiftedAt == null && (x.PublicationId == null || x.PublicationId == s.PublicationId)),
                db.Subscriptions.Where(x => x.SubscriberId == s.Id).Select(x => x.State).ToList()))
            .ToListAsync(ct);
        return lines.Count > query.Take ? new PeoplePage(lines[..query.Take], lines[query.Take - 1].Id) : new PeoplePage(lines, null);
    }

    /// <summary>All we hold of a person. Null where there is none of that id in the publication.</summary>
    public async Task<Person?> FindAsync(int publicationId, long id, CancellationToken ct)
    {
        if (await db.Subscribers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id && s.PublicationId == publicationId, ct) is not { } subscriber) return null;
        var subscriptions = await db.Subscriptions.AsNoTracking().Where(s => s.SubscriberId == id)
            .Join(db.Lists, s => s.ListId, l => l.Id, (s, l) => new { Subscription = s, l.Name }).OrderBy(x => x.Name).ToListAsync(ct);
        var consents = await db.ConsentEntries.AsNoTracking().Where(c => c.SubscriberId == id).OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(200).ToListAsync(ct);
        var deliveries = await db.Deliveries.AsNoTracking().Where(d => d.SubscriberId == id).OrderByDescending(d => d.CampaignId).Take(200)
            .Join(db.Campaigns, d => d.CampaignId, c => c.Id, (d, c) => new DeliveryLine(c.Id, c.Name, d.Id, d.State, d.Class, d.Attempts, d.StateAt)).ToListAsync(ct);
        return new Person(subscriber, [.. subscriptions.Select(x => new PersonList(x.Name, x.Subscription))], consents, deliveries,
            await suppressions.FindAsync(subscriber.AddressHash, publicationId, ct));
    }

    // A whole address is one seek in the unique index; a part of one is looked for in every row.
    private static IQueryable<Subscriber> Matching(IQueryable<Subscriber> people, string part)
    {
        if (EmailAddress.Parse(part)?.Normalized is { } whole) return people.Where(s => s.NormalizedEmail == whole);
        var lower = part.ToLowerInvariant();
        return people.Where(s => s.NormalizedEmail != null && s.NormalizedEmail.Contains(lower) || s.Name != null && s.Name.ToLower().Contains(lower));
    }
}

/// <param name="Part">Part of an address or name.</param>
/// <param name="Below">The last id of the page before.</param>
public sealed record PeopleQuery(int PublicationId, string? Part = null, int? ListId = null, SubscriptionState? State = null, long? Below = null, int Take = 50);

/// <param name="NextBelow">For the next page; null where this is the last.</param>
public sealed record PeoplePage(IReadOnlyList<PersonLine> Lines, long? NextBelow);

/// <param name="States">Of each subscription; none for a person on no list.</param>
public sealed record PersonLine(
    long Id, string Email, string? Name, string? Lang, DateTimeOffset CreatedAt, int ActiveLists, bool Suppressed, IReadOnlyList<SubscriptionState> States);

public sealed record Person(
    Subscriber Subscriber, IReadOnlyList<PersonList> Lists, IReadOnlyList<ConsentEntry> Consents, IReadOnlyList<DeliveryLine> Deliveries, Suppression? Suppression);

public sealed record PersonList(string Name, Subscription Subscription);

public sealed record DeliveryLine(int CampaignId, string Campaign, long DeliveryId, DeliveryState State, BounceClass? Class, int Attempts, DateTimeOffset At);
