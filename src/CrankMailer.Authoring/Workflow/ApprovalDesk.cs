using CrankMailer.Model;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Authoring.Workflow;

/// <summary>Approval: freezes an <see cref="Edition"/> and binds a person's yes to its hash (design §4, §10).</summary>
public sealed class ApprovalDesk(CrankDb db, IssueDesk desk, EditionMaker editions, TimeProvider clock, ILogger<ApprovalDesk> log)
{
    /// <summary>
    /// Approves what the person saw. Refused where the issue has errors, where what would be frozen is no longer what was shown, and where
    /// the author of the last revision approves alone though the publication asks for a second person.
    /// </summary>
    /// <param name="hashSeen">The hash of the edition on the approver's screen.</param>
    public async Task<DeskResult> ApproveAsync(PublicationRow publication, int issueId, int revision, string hashSeen, string? note, int? userId, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        if (await desk.FindAsync(issueId, ct) is not { } copy || copy.PublicationId != publication.Id) return new DeskResult.Missing();
        if (copy.Revision != revision) return new DeskResult.Stale(copy);
        if (copy.State is not (IssueState.Draft or IssueState.Review)) return new DeskResult.Refused("wrong-state", $"The issue is {copy.State.ToString().ToLowerInvariant()} already.");
        var byAuthor = userId is not null && userId == copy.AuthorId;
        if (byAuthor && !publication.OnePersonMayApprove) return new DeskResult.Refused("second-person", "You saved the last version, so a second person has to approve it.");
        var draft = await editions.MakeAsync(publication, copy, ct);
        if (!draft.CanBeApproved || draft.Edition is not { } edition) return new DeskResult.Refused([.. draft.Problems.Where(p => p.Severity == Severity.Error)]);
        if (edition.Hash != hashSeen) return new DeskResult.Refused("changed", "What would be sent has changed since this page was made (theme, settings or pictures). Look at it again, then approve.");
        return await FreezeAsync(copy, edition, byAuthor, note, userId, ct) ? new DeskResult.Done(issueId, revision) : await StaleAsync(issueId, ct);
    }

    /// <summary>All approvals the issue ever had, newest first.</summary>
    public async Task<IReadOnlyList<ApprovalLine>> HistoryAsync(int issueId, CancellationToken ct) =>
        await (
            from approval in db.Approvals.AsNoTracking()
            where approval.IssueId == issueId
            join edition in db.Editions on approval.EditionId equals edition.Id
            from user in db.Users.Where(u => u.Id == approval.UserId).DefaultIfEmpty()
            orderby approval.At descending, approval.Id descending
            select new ApprovalLine(approval.Hash, approval.EditionId, edition.Revision, user == null ? null : user.Name, approval.At, approval.ByAuthor, approval.Note))
            .ToListAsync(ct);

    private async Task<bool> FreezeAsync(IssueCopy copy, Edition edition, bool byAuthor, string? note, int? userId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var row = await db.Issues.FirstAsync(i => i.Id == copy.Id, ct);
        db.Add(edition);
        try
        {
            await db.SaveChangesAsync(ct);
            row.State = IssueState.Approved;
            row.EditionId = edition.Id;
            row.UpdatedAt = edition.CreatedAt;
            db.Add(new Approval
            {
                IssueId = copy.Id, EditionId = edition.Id, Hash = edition.Hash, UserId = userId, At = clock.Instant(), ByAuthor = byAuthor,
                Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
            });
            db.Add(Audit.Entry(clock, userId, "issue.approved", copy.Id, $"revision {copy.Revision}, edition {edition.Id}, {edition.Hash}{(byAuthor ? ", by its author" : "")}"));
            // The row may have moved on since it was read above; the revision is its concurrency token.
            if (row.Revision != copy.Revision) return false;
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return false;
        }
        await transaction.CommitAsync(ct);
        log.IssueApproved(copy.Id, edition.Id, edition.Hash);
        return true;
    }

    private async Task<DeskResult> StaleAsync(int issueId, CancellationToken ct) =>
        await desk.FindAsync(issueId, ct) is { } theirs ? new DeskResult.Stale(theirs) : new DeskResult.Missing();
}
