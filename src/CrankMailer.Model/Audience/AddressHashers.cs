using System.Security.Cryptography;
using CrankMailer.Model.Operations;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Model.Audience;

/// <summary>The installation's <see cref="AddressHasher"/>. Its key is made on first use and never again, so it is kept for the life of the process.</summary>
public sealed class AddressHashers(IDbContextFactory<CrankDb> databases, IDataProtectionProvider protection, TimeProvider clock)
{
    private readonly IDataProtector _protector = protection.CreateProtector("CrankMailer.SuppressionKey");
    private volatile AddressHasher? _hasher;

    public async ValueTask<AddressHasher> GetAsync(CancellationToken ct) => _hasher ??= new AddressHasher(_protector.Unprotect(await LoadKeyAsync(ct)));

    private async Task<byte[]> LoadKeyAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await FindKeyAsync(db, ct) is { } known) return known;
        await MakeRowAsync(db, ct);
        var made = _protector.Protect(RandomNumberGenerator.GetBytes(32));
        // Of two processes that make a key at once only one may win: what it hashed must stay findable for ever.
        await db.Installations.Where(i => i.Id == 1 && i.SuppressionKey == Array.Empty<byte>())
            .ExecuteUpdateAsync(s => s.SetProperty(i => i.SuppressionKey, made), ct);
        return await FindKeyAsync(db, ct) ?? throw new InvalidOperationException("The installation has no suppression key.");
    }

    private static async Task<byte[]?> FindKeyAsync(CrankDb db, CancellationToken ct) =>
        await db.Installations.Where(i => i.Id == 1).Select(i => i.SuppressionKey).FirstOrDefaultAsync(ct) is { Length: > 0 } key ? key : null;

    private async Task MakeRowAsync(CrankDb db, CancellationToken ct)
    {
        if (await db.Installations.AnyAsync(i => i.Id == 1, ct)) return;
        db.Installations.Add(new Installation { InstallationId = Guid.NewGuid().ToString("n"), CreatedAt = clock.Instant() });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException) when (db.Installations.AsNoTracking().Any(i => i.Id == 1))
        {
            db.ChangeTracker.Clear(); // another process made it between our look and our insert
        }
    }
}
