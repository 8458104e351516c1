using CrankMailer.Model;
using CrankMailer.Model.Audience;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Audience.Import;

/// <summary>Some rows of a file and all that the database knows of their people: judged in memory, written at once.</summary>
internal sealed class ImportChunk
{
    private readonly CrankDb _db;
    private readonly ImportOrder _order;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<string, MailingList> _lists;
    private readonly List<(ImportRow Row, EmailAddress? Address, AddressFault Fault)> _rows;
    private readonly Dictionary<string, byte[]> _hashes;
    private readonly Dictionary<string, Subscriber> _people;
    private readonly Dictionary<(long, int), Subscription> _subscriptions;
    private readonly Dictionary<string, SuppressionReason> _suppressed;
    private readonly Dictionary<(Subscriber Person, int ListId), (SubscriptionState State, DateTimeOffset ConsentAt)> _new = [];
    private readonly Visit _visit;

    private ImportChunk(
        CrankDb db, ImportOrder order, DateTimeOffset now, Dictionary<string, MailingList> lists,
        List<(ImportRow, EmailAddress?, AddressFault)> rows, Dictionary<string, byte[]> hashes, Known known)
    {
        (_db, _order, _now, _lists, _rows, _hashes) = (db, order, now, lists, rows, hashes);
        (_people, _subscriptions, _suppressed) = (known.People, known.Subscriptions, known.Suppressed);
        _visit = new Visit($"import:{Path.GetFileName(order.FileName)}");
    }

    public static async Task<ImportChunk> LoadAsync(
        CrankDb db, List<ImportRow> rows, Dictionary<string, MailingList> lists, ImportOrder order, AddressHasher hasher, DateTimeOffset now, CancellationToken ct)
    {
        var parsed = rows.ConvertAll(r => EmailAddress.TryParse(r.Email, out var address, out var fault) ? (r, address, default) : (r, (EmailAddress?)null, fault));
        var hashes = parsed.Select(p => p.Item2?.Normalized).OfType<string>().Distinct().ToDictionary(n => n, hasher.Hash);
        return new ImportChunk(db, order, now, lists, parsed, hashes, await KnownAsync(db, order.PublicationId, hashes, ct));
    }

    public void Apply(ImportBooks books)
    {
        foreach (var (row, address, fault) in _rows)
        {
            if (row.Fault is { } unreadable) books.Rejected(row, unreadable);
            else if (address is null) books.Rejected(row, ImportWords.Of(fault));
            else if (!ImportAttributes.IsUsable(row.Attributes)) books.Rejected(row, "the attributes are no JSON object.");
            else if (ListsOf(row) is not { Count: > 0 } lists) books.Rejected(row, row.List is null ? "no list to put this person on: name one with --list." : $"there is no list '{row.List}'.");
            else Apply(row, address, lists, books);
        }
    }

    public async Task SaveAsync(CancellationToken ct)
    {
        await SaveChangesAsync(ct); // gives the new people their ids
        var consent = $"{_order.ConsentSource}, {_order.ConsentDate:yyyy-MM-dd}";
        foreach (var ((person, listId), (state, consentAt)) in _new)
        {
            var ended = state == SubscriptionState.Unsubscribed;
            var confirmed = state is SubscriptionState.Active or SubscriptionState.Paused;
            _db.Subscriptions.Add(new Subscription
            {
                ListId = listId, SubscriberId = person.Id, State = state, CreatedAt = _now, ConfirmedAt = confirmed ? consentAt : null, EndedAt = ended ? _now : null,
            });
            _db.ConsentEntries.Add(new ConsentEntry
            {
                SubscriberId = person.Id, ListId = listId, Kind = ended ? ConsentKind.Left : ConsentKind.Imported, At = _now, Source = _visit.Source, Note = consent,
            });
        }
        await SaveChangesAsync(ct);
    }

    private Task SaveChangesAsync(CancellationToken ct)
    {
        _db.ChangeTracker.DetectChanges();
        return _db.SaveChangesAsync(ct);
    }

    private void Apply(ImportRow row, EmailAddress address, List<MailingList> lists, ImportBooks books)
    {
        var known = _people.TryGetValue(address.Normalized, out var person);
        switch (row.State)
        {
            case ImportedState.Suppressed:
                Suppress(address);
                EndAll(person, lists);
                books.Skipped(row, "the file says it must not be mailed: suppressed.");
                return;
            case ImportedState.Left:
                // R167: who left elsewhere is suppressed. Our own export names the one list that was left.
                if (row.List is null) Suppress(address);
                EndAll(person ?? Add(address, row), lists);
                books.Skipped(row, row.List is null ? "the file says they left: suppressed." : "the file says they left this list.");
                return;
        }
        if (_suppressed.TryGetValue(address.Normalized, out var reason))
        {
            books.Skipped(row, $"suppressed ({reason}): an import cannot lift that.");
            return;
        }
        person = known && person is not null ? Fill(person, row) : Add(address, row);
        var kept = lists.Where(l => StateOf(person, l) == SubscriptionState.Unsubscribed).ToList();
        foreach (var list in lists.Except(kept)) Begin(person, list, row);
        if (kept.Count == lists.Count) books.Skipped(row, "left before: only the reader can come back.");
        else if (known) books.Updated();
        else books.Added();
    }

    private List<MailingList> ListsOf(ImportRow row)
    {
        if (row.List is { } slug) return _lists.TryGetValue(slug, out var one) ? [one] : [];
        return [.. _order.Lists.Select(s => _lists[s])];
    }

    private Subscriber Add(EmailAddress address, ImportRow row)
    {
        var person = new Subscriber
        {
            PublicationId = _order.PublicationId, Email = address.Address, NormalizedEmail = address.Normalized, AddressHash = _hashes[address.Normalized],
            CreatedAt = _now, UpdatedAt = _now,
        };
        ImportAttributes.Fill(person, row, overwrite: true);
        _people[address.Normalized] = person;
        if (!_order.DryRun) _db.Subscribers.Add(person);
        return person;
    }

    private Subscriber Fill(Subscriber person, ImportRow row)
    {
        if (ImportAttributes.Fill(person, row, _order.Overwrite)) person.UpdatedAt = _now;
        return person;
    }

    private void Begin(Subscriber person, MailingList list, ImportRow row)
    {
        var state = row.State switch { ImportedState.Pending => SubscriptionState.Pending, ImportedState.Paused => SubscriptionState.Paused, _ => SubscriptionState.Active };
        var consentAt = row.ConsentAt ?? new DateTimeOffset(_order.ConsentDate.GetValueOrDefault().ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        if (StateOf(person, list) is not { } before) _new[(person, list.Id)] = (state, Instants.Cut(consentAt));
        else if (before == SubscriptionState.Pending && state == SubscriptionState.Active && _subscriptions.TryGetValue((person.Id, list.Id), out var pending))
        {
            (pending.State, pending.ConfirmedAt) = (SubscriptionState.Active, Instants.Cut(consentAt));
            _db.ConsentEntries.Add(new ConsentEntry { SubscriberId = person.Id, ListId = list.Id, Kind = ConsentKind.Imported, At = _now, Source = _visit.Source, Note = _order.ConsentSource });
        }
    }

    private void EndAll(Subscriber? person, List<MailingList> lists)
    {
        if (person is null) return;
        foreach (var list in lists)
        {
            if (person.Id != 0 && _subscriptions.TryGetValue((person.Id, list.Id), out var known))
            {
                if (known.State == SubscriptionState.Unsubscribed) continue;
                (known.State, known.EndedAt, known.EndedByCampaignId) = (SubscriptionState.Unsubscribed, _now, null);
                _db.ConsentEntries.Add(new ConsentEntry { SubscriberId = person.Id, ListId = list.Id, Kind = ConsentKind.Left, At = _now, Source = _visit.Source });
            }
            else
            {
                _new[(person, list.Id)] = (SubscriptionState.Unsubscribed, _now);
            }
        }
    }

    private void Suppress(EmailAddress address)
    {
        if (!_suppressed.TryAdd(address.Normalized, SuppressionReason.Import)) return;
        _db.Suppressions.Add(new Suppression
        {
            AddressHash = _hashes[address.Normalized], PublicationId = _order.PublicationId, Reason = SuppressionReason.Import, At = _now,
            UserId = _order.UserId, Note = _visit.Source,
        });
    }

    private SubscriptionState? StateOf(Subscriber person, MailingList list)
    {
        if (_new.TryGetValue((person, list.Id), out var begun)) return begun.State;
        return person.Id != 0 && _subscriptions.TryGetValue((person.Id, list.Id), out var known) ? known.State : null;
    }

    private static async Task<Known> KnownAsync(CrankDb db, int publicationId, Dictionary<string, byte[]> hashes, CancellationToken ct)
    {
        var names = hashes.Keys.ToList();
        var people = await db.Subscribers.Where(s => s.PublicationId == publicationId && s.NormalizedEmail != null && names.Contains(s.NormalizedEmail)).ToListAsync(ct);
        var ids = people.ConvertAll(p => p.Id);
        var subscriptions = await db.Subscriptions.Where(s => ids.Contains(s.SubscriberId)).ToListAsync(ct);
        var all = hashes.Values.ToList();
        var suppressions = await db.Suppressions.AsNoTracking()
            .Where(s => s.LiftedAt == null && (s.PublicationId == null || s.PublicationId == publicationId) && all.Contains(s.AddressHash))
            .Select(s => new { s.AddressHash, s.Reason }).ToListAsync(ct);
        var byHash = suppressions.GroupBy(s => Convert.ToHexString(s.AddressHash)).ToDictionary(g => g.Key, g => g.First().Reason);
        return new Known(
            people.ToDictionary(p => p.NormalizedEmail ?? ""),
            subscriptions.ToDictionary(s => (s.SubscriberId, s.ListId)),
            hashes.Where(h => byHash.ContainsKey(Convert.ToHexString(h.Value))).ToDictionary(h => h.Key, h => byHash[Convert.ToHexString(h.Value)]));
    }

    private sealed record Known(Dictionary<string, Subscriber> People, Dictionary<(long, int), Subscription> Subscriptions, Dictionary<string, SuppressionReason> Suppressed);
}
