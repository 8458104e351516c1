using System.Globalization;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Publications;
using CrankMailer.Model.Tokens;
using CrankMailer.Rendering.Personal;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Public;

/// <summary>The published issues of a publication. Reads only.</summary>
internal sealed class Archive(CrankDb db, TokenRings rings)
{
    /// <summary>Newest first, published before the given instant.</summary>
    public Task<List<ArchivedIssue>> PageAsync(int publicationId, DateTimeOffset? before, int take, CancellationToken ct) =>
        Published(publicationId).Where(i => before == null || i.PublishedAt < before)
            .Join(db.Editions, i => i.EditionId, e => e.Id, (i, e) => new { Issue = i, Edition = e })
            .OrderByDescending(x => x.Issue.PublishedAt).ThenByDescending(x => x.Issue.Id).Take(take)
            .Select(x => new ArchivedIssue(
                x.Issue.Slug, x.Issue.Title, x.Edition.Subject, x.Edition.Preheader, x.Issue.PublishedAt, x.Edition.Id, x.Edition.Lang, x.Edition.CreatedAt))
            .ToListAsync(ct);

    public async Task<(IssueRow Issue, Edition Edition)?> FindAsync(int publicationId, string slug, CancellationToken ct)
    {
        if (await Published(publicationId).FirstOrDefaultAsync(i => i.Slug == slug, ct) is not { } issue) return null;
        return (issue, await db.Editions.AsNoTracking().FirstAsync(e => e.Id == issue.EditionId, ct));
    }

    /// <summary>The content of the newest revision up to an edition's: for feeds and cards.</summary>
    public async Task<Issue> ContentAsync(Edition edition, CancellationToken ct) =>
        await db.IssueRevisions.AsNoTracking().Where(r => r.IssueId == edition.IssueId && r.Number == edition.Revision).Select(r => r.Content).FirstOrDefaultAsync(ct) ?? new Issue();

    /// <summary>The edition that a delivery's view-online link shows; after retention the campaign's first.</summary>
    public async Task<Edition?> FindByViewTokenAsync(string token, CancellationToken ct)
    {
        if (!(await rings.GetAsync(ct)).TryRead(token, TokenPurpose.ViewOnline, out var ids)) return null;
        var edition = await db.Deliveries.Where(d => d.CampaignId == ids.First && d.Id == ids.Second).Select(d => (int?)d.EditionId).FirstOrDefaultAsync(ct)
            ?? await db.CampaignEditions.Where(e => e.CampaignId == ids.First).OrderBy(e => e.EditionId).Select(e => (int?)e.EditionId).FirstOrDefaultAsync(ct);
        return await db.Editions.AsNoTracking().FirstOrDefaultAsync(e => e.Id == edition, ct);
    }

    public Task<List<Edition>> EditionsAsync(IReadOnlyList<int> ids, CancellationToken ct) => db.Editions.AsNoTracking().Where(e => ids.Contains(e.Id)).ToListAsync(ct);

    /// <summary>As the pages list them.</summary>
    public IReadOnlyList<object> Model(IEnumerable<ArchivedIssue> issues, PublicationRow row, Pages pages)
    {
        var culture = CultureInfo.GetCultureInfo(pages.LangFor(row));
        // The day is that of the publication, wherever this machine stands.
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(row.Document.TimeZone, out var own) ? own : TimeZoneInfo.Utc;
        return [.. issues.Select(i => new
        {
            title = i.Title, preheader = i.Preheader, lang = i.Lang, url = $"{pages.BaseOf(row)}/archive/{i.Slug}",
            day = Local(i.PublishedAt)?.ToString("d MMMM yyyy", culture), iso = Local(i.PublishedAt)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        })];

        DateTimeOffset? Local(DateTimeOffset? at) => at is { } instant ? TimeZoneInfo.ConvertTime(instant, zone) : null;
    }

    private IQueryable<IssueRow> Published(int publicationId) =>
        db.Issues.AsNoTracking().Where(i => i.PublicationId == publicationId && i.State == IssueState.Published && i.PublishedAt != null && i.EditionId != null);
}

internal sealed record ArchivedIssue(string Slug, string? OwnTitle, string Subject, string Preheader, DateTimeOffset? PublishedAt, int EditionId, string Lang, DateTimeOffset ChangedAt)
{
    public string Title => OwnTitle ?? PersonalPreview.SubjectOf(Subject);
}
