using CrankMailer.Authoring.Ids;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Authoring.Workflow;

/// <summary>
/// Where issues lie: made, saved, read back, handed in, taken back. Every save is a new revision; a save made from an older one changes
/// nothing and is told so. Approval is <see cref="ApprovalDesk"/>. Who may do what is the caller's to check; who did it is kept.
/// </summary>
public sealed class IssueDesk(CrankDb db, TimeProvider clock, ILogger<IssueDesk> log)
{
    /// <param name="after">Key of the last line seen: <c>updated|id</c> as <see cref="IssueKey"/> writes it; null for the first page.</param>
    public async Task<IReadOnlyList<IssueLine>> ListAsync(int publicationId, IssueKey? after, int take, CancellationToken ct)
    {
        var rows = db.Issues.AsNoTracking().Where(i => i.PublicationId == publicationId);
        if (after is { } key) rows = rows.Where(i => i.UpdatedAt < key.UpdatedAt || (i.UpdatedAt == key.UpdatedAt && i.Id < key.Id));
        return await (
            from issue in rows
            join revision in db.IssueRevisions on new { IssueId = issue.Id, Number = issue.Revision } equals new { revision.IssueId, revision.Number }
            from user in db.Users.Where(u => u.Id == revision.AuthorId).DefaultIfEmpty()
            orderby issue.UpdatedAt descending, issue.Id descending
            select new IssueLine(issue.Id, issue.Slug, issue.Title, issue.Period, issue.State, issue.Revision, issue.UpdatedAt, user == null ? null : user.Name, issue.PublishedAt, issue.EditionId))
            .Take(take).ToListAsync(ct);
    }

    /// <param name="revision">Null for the newest.</param>
    public async Task<IssueCopy?> FindAsync(int issueId, CancellationToken ct, int? revision = null) =>
        await (
            from issue in db.Issues.AsNoTracking()
            join copy in db.IssueRevisions.AsNoTracking() on issue.Id equals copy.IssueId
            where issue.Id == issueId && copy.Number == (revision ?? issue.Revision)
            from user in db.Users.Where(u => u.Id == copy.AuthorId).DefaultIfEmpty()
            select new IssueCopy(
                issue.Id, issue.PublicationId, issue.Slug, issue.State, copy.Number, copy.Content, copy.AuthorId, user == null ? null : user.Name, copy.At, copy.Reason,
                issue.PublishedAt, issue.EditionId))
            .FirstOrDefaultAsync(ct);

    /// <summary>The id of the publication's issue with that slug.</summary>
    public async Task<int?> FindIdAsync(int publicationId, string slug, CancellationToken ct) =>
        await db.Issues.Where(i => i.PublicationId == publicationId && i.Slug == slug).Select(i => (int?)i.Id).FirstOrDefaultAsync(ct);

    /// <param name="reason">Why, in a few words: <c>new</c>, <c>imported from may.txt</c>.</param>
    public async Task<DeskResult> CreateAsync(PublicationRow publication, Issue content, string reason, int? userId, CancellationToken ct)
    {
        var issue = IssueIds.Assign(IssueCanonical.Of(content) with { Publication = publication.Slug }, null, Random.Shared);
        if (SlugRules.Check(issue) is { } wrong) return new DeskResult.Refused([wrong]);
        var slug = await FreeSlugAsync(publication.Id, issue, ct);
        if (slug is null) return new DeskResult.Refused("slug-taken", $"There already is an issue \"{issue.Slug}\": take another slug.", "slug");
        var now = clock.Instant();
        var row = new IssueRow { PublicationId = publication.Id, Slug = slug, Title = issue.Title, Period = issue.Period, Revision = 1, CreatedAt = now, UpdatedAt = now };
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.Add(row);
        await db.SaveChangesAsync(ct);
        db.Add(new IssueRevision { IssueId = row.Id, Number = 1, Content = issue, AuthorId = userId, At = now, Reason = reason });
        db.Add(Audit.Entry(clock, userId, "issue.created", row.Id, reason));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        log.IssueCreated(row.Id, reason);
        return new DeskResult.Done(row.Id, 1);
    }

    /// <summary>Saves a new revision, unless nothing changed. A changed content voids an approval; errata do not (design §6).</summary>
    /// <param name="baseRevision">The revision the editor began from.</param>
    public async Task<DeskResult> SaveAsync(int issueId, int baseRevision, Issue content, string reason, int? userId, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var row = await db.Issues.FirstOrDefaultAsync(i => i.Id == issueId, ct);
        if (row is null || await FindAsync(issueId, ct) is not { } before) return new DeskResult.Missing();
        if (before.Revision != baseRevision) return new DeskResult.Stale(before);
        var issue = IssueIds.Assign(IssueCanonical.Of(content) with { Publication = before.Content.Publication }, before.Content, Random.Shared);
        var change = ContentChange.Between(before.Content, issue);
        if (change == ContentChange.None) return new DeskResult.Done(issueId, baseRevision);
        if (change == ContentChange.Content && row.State == IssueState.Published)
            return new DeskResult.Refused("published", "This issue is published and readers have it. Add a correction to it instead of changing it.");
        if (SlugRules.Check(issue) is { } wrong) return new DeskResult.Refused([wrong]);
        if (issue.Slug is { } slug && slug != row.Slug && await FindIdAsync(row.PublicationId, slug, ct) is not null)
            return new DeskResult.Refused("slug-taken", $"There already is an issue \"{slug}\": take another slug.", "slug");
        var voided = change == ContentChange.Content && row.State == IssueState.Approved;
        Apply(row, issue, reason, userId, voided);
        if (!await TrySaveAsync(ct)) return await StaleAsync(issueId, ct);
        log.IssueSaved(issueId, row.Revision);
        return new DeskResult.Done(issueId, row.Revision, voided);
    }

    public async Task<IReadOnlyList<RevisionLine>> HistoryAsync(int issueId, int? before, int take, CancellationToken ct) =>
        await (
            from revision in db.IssueRevisions.AsNoTracking()
            where revision.IssueId == issueId && (before == null || revision.Number < before)
            from user in db.Users.Where(u => u.Id == revision.AuthorId).DefaultIfEmpty()
            orderby revision.Number descending
            select new RevisionLine(revision.Number, revision.AuthorId, user == null ? null : user.Name, revision.At, revision.Reason))
            .Take(take).ToListAsync(ct);

    /// <summary>Saves an old revision's content as the newest.</summary>
    public async Task<DeskResult> RestoreAsync(int issueId, int number, int baseRevision, int? userId, CancellationToken ct) =>
        await FindAsync(issueId, ct, number) is { } old
            ? await SaveAsync(issueId, baseRevision, old.Content, $"restored revision {number}", userId, ct)
            : new DeskResult.Missing();

    /// <summary>Hands a draft in for review.</summary>
    public Task<DeskResult> SubmitAsync(int issueId, int revision, int? userId, CancellationToken ct) =>
        MoveAsync(issueId, revision, [IssueState.Draft], IssueState.Review, "issue.submitted", userId, ct);

    /// <summary>Takes an issue out of review, or its approval back.</summary>
    public Task<DeskResult> WithdrawAsync(int issueId, int revision, int? userId, CancellationToken ct) =>
        MoveAsync(issueId, revision, [IssueState.Review, IssueState.Approved], IssueState.Draft, "issue.withdrawn", userId, ct);

    private async Task<DeskResult> MoveAsync(int issueId, int revision, IssueState[] from, IssueState to, string action, int? userId, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var row = await db.Issues.FirstOrDefaultAsync(i => i.Id == issueId, ct);
        if (row is null) return new DeskResult.Missing();
        if (row.Revision != revision) return await StaleAsync(issueId, ct);
        if (!from.Contains(row.State)) return new DeskResult.Refused("wrong-state", $"The issue is {row.State.ToString().ToLowerInvariant()}, so this cannot be done now. Reload the page.");
        row.State = to;
        row.UpdatedAt = clock.Instant();
        db.Add(Audit.Entry(clock, userId, action, issueId, $"revision {revision}"));
        return await TrySaveAsync(ct) ? new DeskResult.Done(issueId, revision) : await StaleAsync(issueId, ct);
    }

    private void Apply(IssueRow row, Issue issue, string reason, int? userId, bool voided)
    {
        var now = clock.Instant();
        row.Revision++;
        row.Title = issue.Title;
        row.Period = issue.Period;
        if (row.PublishedAt is null && issue.Slug is { } slug) row.Slug = slug;
        row.UpdatedAt = now;
        db.Add(new IssueRevision { IssueId = row.Id, Number = row.Revision, Content = issue, AuthorId = userId, At = now, Reason = reason });
        if (!voided) return;
        row.State = IssueState.Draft;
        db.Add(Audit.Entry(clock, userId, "issue.approval_voided", row.Id, $"edited in revision {row.Revision}"));
    }

    /// <summary>False where another save came first: the revision is the row's concurrency token and unique in the history.</summary>
    private async Task<bool> TrySaveAsync(CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.Entries.Any(x => x.Entity is IssueRevision))
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }

    private async Task<DeskResult> StaleAsync(int issueId, CancellationToken ct) =>
        await FindAsync(issueId, ct) is { } theirs ? new DeskResult.Stale(theirs) : new DeskResult.Missing();

    /// <summary>The issue's own slug where it is free; else the period's, with a number where that is taken.</summary>
    private async Task<string?> FreeSlugAsync(int publicationId, Issue issue, CancellationToken ct)
    {
        if (issue.Slug is { } own) return await FindIdAsync(publicationId, own, ct) is null ? own : null;
        var stem = SlugRules.From(issue.Period ?? issue.Title);
        var taken = await db.Issues.Where(i => i.PublicationId == publicationId && i.Slug.StartsWith(stem)).Select(i => i.Slug).ToListAsync(ct);
        return Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? stem : $"{stem}-{n}").First(s => !taken.Contains(s));
    }
}
