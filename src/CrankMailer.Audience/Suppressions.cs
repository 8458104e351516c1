using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Operations;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Audience;

/// <summary>The addresses we must not mail (R111). Only a person lifts one: an operator, or the reader by a fresh confirmation.</summary>
public sealed class Suppressions(CrankDb db, AddressHashers hashers, TimeProvider clock)
{
    /// <summary>The strongest living suppression of an address for a publication; null when it may be mailed.</summary>
    public async Task<Suppression?> FindAsync(byte[] addressHash, int publicationId, CancellationToken ct)
    {
        var living = await db.Suppressions.AsNoTracking()
            .Where(s => s.AddressHash == addressHash && s.LiftedAt == null && (s.PublicationId == null || s.PublicationId == publicationId))
            .ToListAsync(ct);
        return living.MaxBy(s => Weight(s.Reason));
    }

    public async Task<Suppression?> FindAsync(EmailAddress address, int publicationId, CancellationToken ct) =>
        await FindAsync((await hashers.GetAsync(ct)).Hash(address.Normalized), publicationId, ct);

    /// <summary>An operator's word that an address must not be mailed. A second time changes nothing.</summary>
    public async Task AddAsync(EmailAddress address, int? publicationId, int? userId, string? note, CancellationToken ct)
    {
        var hash = (await hashers.GetAsync(ct)).Hash(address.Normalized);
        if (await db.Suppressions.AnyAsync(s => s.AddressHash == hash && s.PublicationId == publicationId && s.Reason == SuppressionReason.Operator && s.LiftedAt == null, ct)) return;
        var row = new Suppression
        {
            AddressHash = hash, PublicationId = publicationId, Reason = SuppressionReason.Operator, At = clock.Instant(), UserId = userId, Note = note,
        };
        db.Suppressions.Add(row);
        Audit("suppression.added", userId, address.Masked, note);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>An operator lifts one suppression. It stays as history.</summary>
    /// <returns>False where there is none such, or it was lifted before.</returns>
    public async Task<bool> LiftAsync(long id, int? userId, CancellationToken ct)
    {
        var now = clock.Instant();
        var lifted = await db.Suppressions.Where(s => s.Id == id && s.LiftedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.LiftedAt, now), ct) == 1;
        if (!lifted) return false;
        Audit("suppression.lifted", userId, $"suppression:{id}", null);
        await db.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>The newest living ones first, below an id.</summary>
    public Task<List<SuppressionLine>> PageAsync(int? publicationId, long? below, int take, CancellationToken ct) =>
        db.Suppressions.AsNoTracking()
            .Where(s => s.LiftedAt == null && (publicationId == null || s.PublicationId == null || s.PublicationId == publicationId) && (below == null || s.Id < below))
            .OrderByDescending(s => s.Id).Take(take)
            .Select(s => new SuppressionLine(s.Id, s.Reason, s.At, s.PublicationId, s.Note,
                db.Subscribers.Where(x => x.AddressHash == s.AddressHash && x.Email != null).Select(x => x.Email).FirstOrDefault()))
            .ToListAsync(ct);

    /// <summary>How long after the last confirmation mail a suppressed reader may be sent another at their own request (R111). Null: never.</summary>
    internal static TimeSpan? WaitFor(SuppressionReason reason) => reason switch
    {
        SuppressionReason.Operator => null,
        SuppressionReason.Complaint => TimeSpan.FromDays(30),
        SuppressionReason.Erased => TimeSpan.Zero,
        _ => TimeSpan.FromDays(7),
    };

    /// <summary>The reader's own click proves that the address works and that they want mail: lifts all but an operator's (R111).</summary>
    internal async Task LiftByReaderAsync(byte[] addressHash, int publicationId, CancellationToken ct)
    {
        var now = clock.Instant();
        await db.Suppressions
            .Where(s => s.AddressHash == addressHash && s.LiftedAt == null && s.Reason != SuppressionReason.Operator
                && (s.PublicationId == null || s.PublicationId == publicationId))
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.LiftedAt, now), ct);
    }

    private static int Weight(SuppressionReason reason) => reason switch
    {
        SuppressionReason.Operator => 5,
        SuppressionReason.Complaint => 4,
        SuppressionReason.HardBounce => 3,
        SuppressionReason.SoftBounces => 2,
        SuppressionReason.Import => 1,
        _ => 0,
    };

    private void Audit(string action, int? userId, string subject, string? detail) =>
        db.AuditEntries.Add(new AuditEntry { At = clock.Instant(), UserId = userId, Action = action, Subject = subject, Detail = detail });
}

/// <param name="Email">Known only while a subscriber of that address exists: the suppression itself holds none.</param>
public sealed record SuppressionLine(long Id, SuppressionReason Reason, DateTimeOffset At, int? PublicationId, string? Note, string? Email);
