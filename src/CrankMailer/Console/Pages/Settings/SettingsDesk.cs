using CrankMailer.Authoring.Yaml;
using CrankMailer.Console.Shared;
using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Operations;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Console.Pages.Settings;

/// <summary>What an operator changes after set-up: the publication, its relays, people and their roles. Every change is audited.</summary>
internal sealed class SettingsDesk(CrankDb db, TimeProvider clock)
{
    /// <summary>Saves the document, unless somebody else did since it was read.</summary>
    /// <param name="version">The version the form was made from.</param>
    public async Task<IReadOnlyList<Problem>> SaveAsync(int publicationId, int version, Publication document, bool onePersonMayApprove, int? userId, CancellationToken ct)
    {
        var row = await db.Publications.FirstOrDefaultAsync(p => p.Id == publicationId, ct);
        if (row is null) return [FieldProblems.Wrong("", "This publication is gone.")];
        if (row.Version != version) return [FieldProblems.Wrong("", "Somebody else saved the settings since you opened this page. Copy what you wrote, reload the page, and enter it again.")];
        var problems = PublicationRules.Check(document).ToList();
        if (document.Slug != row.Slug && await db.Publications.AnyAsync(p => p.Slug == document.Slug, ct)) problems.Add(FieldProblems.Wrong("slug", $"There already is a publication \"{document.Slug}\"."));
        if (problems.Exists(p => p.Severity == Severity.Error)) return problems;
        row.Document = document;
        row.Slug = document.Slug;
        row.OnePersonMayApprove = onePersonMayApprove;
        row.Version++;
        db.Add(Audit(userId, "publication.changed", $"publication:{publicationId}", $"version {row.Version}"));
        await db.SaveChangesAsync(ct);
        return [];
    }

    public async Task<IReadOnlyList<RelayRow>> RelaysAsync(CancellationToken ct) => await db.Relays.AsNoTracking().OrderBy(r => r.Priority).ThenBy(r => r.Name).ToListAsync(ct);

    public async Task EnableRelayAsync(int id, bool enabled, int? userId, CancellationToken ct)
    {
        await db.Relays.Where(r => r.Id == id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Enabled, enabled), ct);
        db.Add(Audit(userId, enabled ? "relay.enabled" : "relay.disabled", $"relay:{id}", null));
        await db.SaveChangesAsync(ct);
    }

    public async Task<IReadOnlyList<User>> PeopleAsync(CancellationToken ct) => await db.Users.AsNoTracking().OrderBy(u => u.Name).ThenBy(u => u.Id).ToListAsync(ct);

    /// <summary>Changes what a person may do. The last owner stays one, or nobody could change anything any more.</summary>
    public async Task<IReadOnlyList<Problem>> ChangeRolesAsync(int id, Roles roles, int? userId, CancellationToken ct)
    {
        var user = await db.Users.FirstOrDefaultAsync(u => u.Id == id, ct);
        if (user is null) return [FieldProblems.Wrong("", "This person is gone.")];
        if (roles == Roles.None) return [FieldProblems.Wrong("", "Choose at least one role.")];
        var isLastOwner = user.Roles.HasFlag(Roles.Owner) && !roles.HasFlag(Roles.Owner)
            && !await db.Users.AnyAsync(u => u.Id != id && (u.Roles & Roles.Owner) == Roles.Owner, ct);
        if (isLastOwner) return [FieldProblems.Wrong("", $"{user.Name} is the only owner: make somebody else an owner first.")];
        user.Roles = roles;
        user.SecurityStamp = Guid.NewGuid().ToString("n"); // the cookie holds the old roles; a new stamp makes it read them again within a minute
        db.Add(Audit(userId, "user.roles", $"user:{id}", roles.ToString()));
        await db.SaveChangesAsync(ct);
        return [];
    }

    private AuditEntry Audit(int? userId, string action, string subject, string? detail) =>
        new() { At = clock.Instant(), UserId = userId, Action = action, Subject = subject, Detail = detail };
}
