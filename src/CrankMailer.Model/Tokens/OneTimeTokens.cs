using System.Security.Cryptography;
using System.Text;
using CrankMailer.Model.Audience;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Model.Tokens;

/// <summary>Makes and redeems links that work once: random 128 bit, stored hashed (design §5, R155).</summary>
public sealed class OneTimeTokens(CrankDb db, TimeProvider clock)
{
    /// <summary>Adds a token to the context; it lives from the caller's next save.</summary>
    /// <returns>The token for the link; it cannot be read back from the database.</returns>
    public string Add(OneTimePurpose purpose, TimeSpan life, string data = "{}", long? subscriberId = null, int? userId = null)
    {
        Span<byte> text = stackalloc byte[Base32.LengthOf(16)];
        Base32.Write(RandomNumberGenerator.GetBytes(16), text);
        var token = Encoding.ASCII.GetString(text);
        var now = clock.Instant();
        db.OneTimeTokens.Add(new OneTimeToken
        {
            Hash = HashOf(token), Purpose = purpose, SubscriberId = subscriberId, UserId = userId, Data = data, CreatedAt = now, ExpiresAt = now + life,
        });
        return token;
    }

    /// <summary>The row of a token, used or not, expired or not: the page says which.</summary>
    public async Task<OneTimeToken?> FindAsync(string token, OneTimePurpose purpose, CancellationToken ct)
    {
        var hash = HashOf(token);
        return await db.OneTimeTokens.AsNoTracking().FirstOrDefaultAsync(t => t.Hash == hash && t.Purpose == purpose, ct);
    }

    /// <summary>True for the one caller who uses a living token first.</summary>
    public async Task<bool> TryUseAsync(OneTimeToken token, CancellationToken ct)
    {
        var now = clock.Instant();
        return await db.OneTimeTokens.Where(t => t.Id == token.Id && t.UsedAt == null && t.ExpiresAt > now)
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.UsedAt, now), ct) == 1;
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token.ToLowerInvariant()));
}
