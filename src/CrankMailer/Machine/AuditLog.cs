using CrankMailer.Model;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Machine;

/// <summary>Who did what (R172), newest first.</summary>
internal sealed class AuditLog(CrankDb db)
{
    /// <param name="subject">Such as <c>campaign:12</c>; null for all.</param>
    /// <param name="before">Key of the last line seen.</param>
    public async Task<IReadOnlyList<AuditLine>> PageAsync(string? subject, long? before, int take, CancellationToken ct) =>
        await (from entry in db.AuditEntries.AsNoTracking()
               where (subject == null || entry.Subject == subject) && (before == null || entry.Id < before)
               join user in db.Users on entry.UserId equals user.Id into users
               from user in users.DefaultIfEmpty()
               orderby entry.Id descending
               select new AuditLine(entry.Id, entry.At, entry.UserId, user.Name, entry.Action, entry.Subject, entry.Detail)).Take(take).ToListAsync(ct);
}

/// <param name="UserId">Null for a command on the machine itself, or the system.</param>
internal sealed record AuditLine(long Id, DateTimeOffset At, int? UserId, string? User, string Action, string Subject, string? Detail);
