using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Tokens;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Console.Accounts;

/// <summary>One-time sign-in links: printed by the demonstration, made by <c>user reset</c>. A GET shows a button; the POST signs in.</summary>
internal sealed class SignInLinks(CrankDb db, OneTimeTokens tokens, UserManager<User> users)
{
    /// <returns>The path of the link, <c>/sign-in/…</c>.</returns>
    public async Task<string> MakeAsync(int userId, TimeSpan life, CancellationToken ct)
    {
        var token = tokens.Add(OneTimePurpose.SignIn, life, userId: userId);
        await db.SaveChangesAsync(ct);
        return $"/sign-in/{token}";
    }

    /// <summary>Whose link this is, while it may still be used.</summary>
    public async Task<User?> FindAsync(string token, TimeProvider clock, CancellationToken ct)
    {
        var row = await tokens.FindAsync(token, OneTimePurpose.SignIn, ct);
        if (row is not { UsedAt: null, UserId: { } id } || row.ExpiresAt <= clock.GetUtcNow()) return null;
        return await db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Id == id, ct);
    }

    /// <summary>Whether we made this link, used up or too old though it may be.</summary>
    public async Task<bool> IsKnownAsync(string token, CancellationToken ct) => await tokens.FindAsync(token, OneTimePurpose.SignIn, ct) is not null;

    /// <summary>The person to sign in, for the first who uses the living link; else null.</summary>
    public async Task<User?> UseAsync(string token, CancellationToken ct)
    {
        var row = await tokens.FindAsync(token, OneTimePurpose.SignIn, ct);
        if (row is not { UserId: { } id } || !await tokens.TryUseAsync(row, ct)) return null;
        return await users.Users.FirstOrDefaultAsync(u => u.Id == id, ct);
    }
}
