using System.Text;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Operations;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Audience;

/// <summary>The topics of a publication, for the console.</summary>
public sealed class Lists(CrankDb db, TimeProvider clock)
{
    public const int MaxName = 80;

    /// <summary>All lists with their people by state; archived ones last.</summary>
    public async Task<IReadOnlyList<ListLine>> CountedAsync(int publicationId, CancellationToken ct)
    {
        var lists = await NamedAsync(publicationId, ct);
        var ids = lists.Select(l => l.Id).ToList();
        var counts = await db.Subscriptions.Where(s => ids.Contains(s.ListId)).GroupBy(s => new { s.ListId, s.State })
            .Select(g => new { g.Key.ListId, g.Key.State, Count = g.LongCount() }).ToListAsync(ct);
        return [.. lists.Select(l => new ListLine(l, counts.Where(c => c.ListId == l.Id).ToDictionary(c => c.State, c => c.Count)))];
    }

    /// <summary>All lists without counting anybody; archived ones last.</summary>
    public Task<List<MailingList>> NamedAsync(int publicationId, CancellationToken ct) =>
        db.Lists.AsNoTracking().Where(l => l.PublicationId == publicationId).OrderBy(l => l.ArchivedAt != null).ThenBy(l => l.Name).ToListAsync(ct);

    public Task<MailingList?> FindAsync(int publicationId, string slug, CancellationToken ct) =>
        db.Lists.AsNoTracking().FirstOrDefaultAsync(l => l.PublicationId == publicationId && l.Slug == slug, ct);

    /// <summary>A new list. Its slug comes from the name and stays when the name changes.</summary>
    public async Task<ListChange> CreateAsync(int publicationId, string name, string? description, bool isPublic, int? userId, CancellationToken ct)
    {
        if (NameFault(name) is { } fault) return fault;
        var slug = SlugOf(name);
        var taken = await db.Lists.Where(l => l.PublicationId == publicationId).Select(l => l.Slug).ToListAsync(ct);
        var list = new MailingList
        {
            PublicationId = publicationId, Slug = Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? slug : $"{slug}-{n}").First(s => !taken.Contains(s)),
            Name = name.Trim(), Description = Blank(description), IsPublic = isPublic, CreatedAt = clock.Instant(),
        };
        db.Lists.Add(list);
        Audit("list.created", list.Slug, userId);
        await db.SaveChangesAsync(ct);
        return new ListChange.Done(list);
    }

    public async Task<ListChange> ChangeAsync(int listId, string name, string? description, bool isPublic, int? userId, CancellationToken ct)
    {
        if (NameFault(name) is { } fault) return fault;
        if (await db.Lists.FirstOrDefaultAsync(l => l.Id == listId, ct) is not { } list) return new ListChange.Gone();
        (list.Name, list.Description, list.IsPublic) = (name.Trim(), Blank(description), isPublic);
        Audit("list.changed", list.Slug, userId);
        await db.SaveChangesAsync(ct);
        return new ListChange.Done(list);
    }

    /// <summary>An archived list is offered nowhere and gets no campaign; its people and their consent stay. It can come back.</summary>
    public async Task<ListChange> ArchiveAsync(int listId, bool archived, int? userId, CancellationToken ct)
    {
        if (await db.Lists.FirstOrDefaultAsync(l => l.Id == listId, ct) is not { } list) return new ListChange.Gone();
        list.ArchivedAt = archived ? list.ArchivedAt ?? clock.Instant() : null;
        Audit(archived ? "list.archived" : "list.restored", list.Slug, userId);
        await db.SaveChangesAsync(ct);
        return new ListChange.Done(list);
    }

    private static ListChange? NameFault(string name) => string.IsNullOrWhiteSpace(name)
        ? new ListChange.Refused("Give the list a name: readers choose by it.")
        : name.Trim().Length > MaxName || name.Any(char.IsControl) ? new ListChange.Refused($"A name has at most {MaxName} characters and no line breaks.") : null;

    private static string SlugOf(string name)
    {
        var slug = new StringBuilder();
        foreach (var c in name.Trim().ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-' && (char.IsWhiteSpace(c) || char.IsPunctuation(c))) slug.Append('-');
        }
        var text = slug.ToString().Trim('-');
        return text.Length == 0 ? "list" : text.Length > 40 ? text[..40].Trim('-') : text;
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private void Audit(string action, string slug, int? userId) =>
        db.AuditEntries.Add(new AuditEntry { At = clock.Instant(), UserId = userId, Action = action, Subject = $"list:{slug}" });
}

public sealed record ListLine(MailingList List, IReadOnlyDictionary<SubscriptionState, long> People)
{
    public long Count(SubscriptionState state) => People.GetValueOrDefault(state);
}

public abstract record ListChange
{
    private ListChange() { }
    public sealed record Done(MailingList List) : ListChange;
    public sealed record Refused(string Why) : ListChange;
    public sealed record Gone : ListChange;
}
