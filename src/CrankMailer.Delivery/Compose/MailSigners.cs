using System.Security.Cryptography;
using CrankMailer.Mail.Dkim;
using CrankMailer.Model;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Delivery.Compose;

/// <summary>The signatures that a publication's mail bears. Nothing leaves unsigned, or signed for another domain than its sender's (R30, R34).</summary>
internal sealed class MailSigners(IDbContextFactory<CrankDb> databases, PublicationSecrets secrets)
{
    /// <param name="fromEmail">The sender whose domain the signatures must align with.</param>
    /// <returns>Oldest first; at least one of them RSA, as many receivers know nothing else (R31).</returns>
    /// <exception cref="ProblemException">There is no key that fits, or it cannot be read; the message says what to do.</exception>
    public async Task<IReadOnlyList<DkimSigner>> GetAsync(int publicationId, string fromEmail, CancellationToken ct)
    {
        var keys = await FindAsync(publicationId, ct);
        if (FindProblem(keys, fromEmail) is { } problem) throw Refusal(problem);
        try
        {
            return [.. keys.Where(k => MailDomains.Align(k.Domain, fromEmail)).Select(k => new DkimSigner(k.Domain, k.Selector, DkimKey.FromPem(secrets.UnwrapKey(k))))];
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw Refusal($"The publication's signing key cannot be read ({e.Message}). Was the database restored without its protection keys? Make a new key and publish its record.");
        }
    }

    /// <returns>Why mail of this sender could not be signed, or null. Does not open the keys.</returns>
    public async Task<string?> FindProblemAsync(int publicationId, string fromEmail, CancellationToken ct) => FindProblem(await FindAsync(publicationId, ct), fromEmail);

    private async Task<List<DkimKeyRow>> FindAsync(int publicationId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.DkimKeys.AsNoTracking().Where(k => k.PublicationId == publicationId && k.Active).OrderBy(k => k.Id).ToListAsync(ct);
    }

    private static string? FindProblem(List<DkimKeyRow> keys, string fromEmail)
    {
        const string mend = "Make one with 'crankmailer dkim new', publish its record and activate it.";
        if (keys.Count == 0) return $"The publication has no DKIM key to sign its mail with. {mend}";
        var fitting = keys.FindAll(k => MailDomains.Align(k.Domain, fromEmail));
        if (fitting.Count == 0)
            return $"The publication's DKIM keys are for {string.Join(", ", keys.Select(k => k.Domain).Distinct())}, but its sender is at {MailDomains.Sender(fromEmail)}: receivers would take its mail for forged. {mend}";
        return fitting.Exists(k => k.Algorithm == DkimKeyRow.Rsa) ? null : $"The publication signs with ed25519 only, which many receivers do not know. An RSA key must sign, too. {mend}";
    }

    private static ProblemException Refusal(string text) => new([new Problem(Severity.Error, "dkim-key", text)]);
}
