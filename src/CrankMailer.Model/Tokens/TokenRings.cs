using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Model.Tokens;

/// <summary>The current <see cref="TokenRing"/> of the installation, read from the database and kept for a minute.</summary>
public sealed class TokenRings(IDbContextFactory<CrankDb> databases, IDataProtectionProvider protection, TimeProvider clock)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);
    private readonly IDataProtector _protector = protection.CreateProtector("CrankMailer.TokenKey");
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Loaded? _loaded;

    /// <summary>The ring; the first key is made where there is none yet.</summary>
    public async ValueTask<TokenRing> GetAsync(CancellationToken ct)
    {
        if (_loaded is { } loaded && clock.GetUtcNow() - loaded.At < KeptFor) return loaded.Ring;
        await _loading.WaitAsync(ct);
        try
        {
            if (_loaded is { } other && clock.GetUtcNow() - other.At < KeptFor) return other.Ring;
            var ring = await LoadAsync(ct);
            _loaded = new Loaded(ring, clock.GetUtcNow());
            return ring;
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Makes a new key; the one before stops signing and goes on verifying.</summary>
    /// <returns>The new key's number.</returns>
    public async Task<int> RotateAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.Instant();
        var last = await db.TokenKeys.MaxAsync(k => (int?)k.Number, ct) ?? 0;
        if (last == 127) throw new InvalidOperationException("All 127 token keys are used up.");
        foreach (var key in await db.TokenKeys.Where(k => k.StoppedAt == null).ToListAsync(ct)) key.StoppedAt = now;
        Add(db, last + 1);
        await db.SaveChangesAsync(ct);
        _loaded = null;
        return last + 1;
    }

    /// <summary>Stops verifying what the key signed: every link it signed is dead from then on.</summary>
    /// <returns>False where there is no such key, or it is the one that signs.</returns>
    public async Task<bool> RevokeAsync(int number, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.Instant();
        var revoked = await db.TokenKeys.Where(k => k.Number == number && k.StoppedAt != null && k.RevokedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(k => k.RevokedAt, now), ct) == 1;
        _loaded = null;
        return revoked;
    }

    private async Task<TokenRing> LoadAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.TokenKeys.AnyAsync(ct)) await MakeFirstAsync(db, ct);
        var all = await db.TokenKeys.AsNoTracking().OrderBy(k => k.Number).ToListAsync(ct);
        var keys = all.FindAll(k => k.RevokedAt == null);
        return new TokenRing(
            keys.ToDictionary(k => k.Number, k => _protector.Unprotect(k.Secret)), keys.Last(k => k.StoppedAt == null).Number, all.ToDictionary(k => k.Number, k => k.CreatedAt));
    }

    private async Task MakeFirstAsync(CrankDb db, CancellationToken ct)
    {
        Add(db, 1);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException) when (db.TokenKeys.AsNoTracking().Any(k => k.Number == 1))
        {
            db.ChangeTracker.Clear(); // another process made it between our look and our insert; its key is as good
        }
    }

    private void Add(CrankDb db, int number) =>
        db.TokenKeys.Add(new TokenKey { Number = number, Secret = _protector.Protect(RandomNumberGenerator.GetBytes(32)), CreatedAt = clock.Instant() });

    private sealed record Loaded(TokenRing Ring, DateTimeOffset At);
}
