using System.Globalization;
using System.Security.Cryptography;
using CrankMailer.Mail.Dkim;
using CrankMailer.Mail.Headers;
using CrankMailer.Model;
using CrankMailer.Model.Operations;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Delivery.Compose;

/// <summary>
/// A publication's signing keys and their rotation without a gap (R36): a new key is made and does nothing; its record is published; it is
/// activated and at that moment the one before retires; the old record stays until the mail it signed has arrived. Running processes follow within a minute.
/// </summary>
public sealed class SigningKeys(CrankDb db, PublicationSecrets secrets, TimeProvider clock)
{
    private const string SelectorStem = "crank";

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<SigningKey>> ListAsync(int publicationId, CancellationToken ct) => [.. (await RowsAsync(publicationId, ct)).Select(Read)];

    /// <summary>Makes a key that signs nothing yet.</summary>
    /// <param name="selector">Null: crank1, crank2 …, the first that is free.</param>
    /// <param name="rsaBits">Ignored for ed25519.</param>
    public async Task<SigningKeyAnswer> MakeAsync(int publicationId, DkimAlgorithm algorithm, int rsaBits, string? selector, int? userId, CancellationToken ct)
    {
        if (!DkimKey.IsSupported(algorithm)) return Refuse("ed25519 needs libcrypto (OpenSSL 3), which is not on this machine. Make an RSA key.");
        if (rsaBits is < DkimKey.MinRsaBits or > DkimKey.MaxRsaBits) return Refuse($"An RSA key has {DkimKey.MinRsaBits} to {DkimKey.MaxRsaBits} bits.");
        var publication = await db.Publications.AsNoTracking().SingleAsync(p => p.Id == publicationId, ct);
        if (publication.Document.Sender.Email is not { } sender || !Mail.Headers.EmailAddress.TryCreate(sender, out var from, out _))
            return Refuse("The publication has no sender address, so it is not known for which domain to sign. Set it in its settings.");
        var rows = await RowsAsync(publicationId, ct);
        selector = selector?.ToLowerInvariant() ?? FreeSelector(rows);
        if (!DomainName.TryToAscii(selector, out _, out var problem)) return Refuse($"\"{selector}\" is no selector: {problem}");
        if (rows.Exists(k => k.Selector == selector && k.Domain == from.Domain)) return Refuse($"There already is a key {selector} for {from.Domain}. A selector is used once: take another.");

        var key = await Task.Run(() => DkimKey.Generate(algorithm, rsaBits), ct); // a second or two of arithmetic
        var row = new DkimKeyRow
        {
            PublicationId = publicationId, Domain = from.Domain, Selector = selector, Algorithm = algorithm == DkimAlgorithm.RsaSha256 ? DkimKeyRow.Rsa : DkimKeyRow.Ed25519,
            PrivateKey = secrets.WrapKey(key.ToPem()), DnsRecord = key.DnsRecord, CreatedAt = clock.Instant(),
        };
        db.DkimKeys.Add(row);
        Note(userId, "dkim.made", row);
        await db.SaveChangesAsync(ct);
        return new SigningKeyAnswer.Done(Read(row));
    }

    /// <summary>Signs with the key from now on, and no more with the one of its algorithm before it: one change, so that no mail is without.</summary>
    public async Task<SigningKeyAnswer> ActivateAsync(int publicationId, string selector, int? userId, CancellationToken ct)
    {
        var rows = await RowsAsync(publicationId, ct);
        if (Find(rows, selector) is not { } row) return Refuse(Unknown(rows, selector));
        if (row.Active) return Refuse($"The key {selector} is active already.");
        if (!CanRead(row)) return Refuse($"The key {selector} cannot be read: was the database restored without its protection keys? Make a new key.");
        var before = rows.FindAll(k => k.Active && k.Algorithm == row.Algorithm);
        foreach (var old in before) Retire(old, userId);
        (row.Active, row.RetiredAt) = (true, null);
        Note(userId, "dkim.activated", row);
        await db.SaveChangesAsync(ct);
        return new SigningKeyAnswer.Done(Read(row), before is [.., var last] ? Read(last) : null);
    }

    /// <summary>Signs with the key no more. The last RSA key cannot retire: another is activated in its place.</summary>
    public async Task<SigningKeyAnswer> RetireAsync(int publicationId, string selector, int? userId, CancellationToken ct)
    {
        var rows = await RowsAsync(publicationId, ct);
        if (Find(rows, selector) is not { } row) return Refuse(Unknown(rows, selector));
        if (row.RetiredAt is not null) return Refuse($"The key {selector} is retired already.");
        if (row.Active && row.Algorithm == DkimKeyRow.Rsa && !rows.Exists(k => k != row && k.Active && k.Algorithm == DkimKeyRow.Rsa))
            return Refuse($"The key {selector} is the only one that signs, and mail without a signature is not sent. Activate another; this one then retires by itself.");
        Retire(row, userId);
        await db.SaveChangesAsync(ct);
        return new SigningKeyAnswer.Done(Read(row));
    }

    private async Task<List<DkimKeyRow>> RowsAsync(int publicationId, CancellationToken ct) => await db.DkimKeys.Where(k => k.PublicationId == publicationId).OrderBy(k => k.Id).ToListAsync(ct);

    /// <summary>The newest of that selector: after a move to another domain there may be two.</summary>
    private static DkimKeyRow? Find(List<DkimKeyRow> rows, string selector) => rows.FindLast(k => k.Selector.Equals(selector, StringComparison.OrdinalIgnoreCase));

    private static string Unknown(List<DkimKeyRow> rows, string selector) => $"There is no key {selector}. There {(rows.Count == 0 ? "is none" : $"are {string.Join(", ", rows.Select(k => k.Selector))}")}.";

    private static string FreeSelector(List<DkimKeyRow> rows) => Enumerable.Range(1, int.MaxValue - 1)
        .Select(n => string.Create(CultureInfo.InvariantCulture, $"{SelectorStem}{n}")).First(name => !rows.Exists(k => k.Selector == name));

    private bool CanRead(DkimKeyRow row)
    {
        try
        {
            return DkimKey.FromPem(secrets.UnwrapKey(row)).DnsRecord == row.DnsRecord;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private void Retire(DkimKeyRow row, int? userId)
    {
        (row.Active, row.RetiredAt) = (false, clock.Instant());
        Note(userId, "dkim.retired", row);
    }

    private void Note(int? userId, string action, DkimKeyRow row) =>
        db.AuditEntries.Add(new AuditEntry { At = clock.Instant(), UserId = userId, Action = action, Subject = $"publication:{row.PublicationId}", Detail = $"{row.Selector}._domainkey.{row.Domain}" });

    private static SigningKey Read(DkimKeyRow row) => new(
        row.Domain, row.Selector, row.Algorithm, row.DnsRecord, row.Active ? SigningKeyState.Active : row.RetiredAt is null ? SigningKeyState.New : SigningKeyState.Retired, row.CreatedAt, row.RetiredAt);

    private static SigningKeyAnswer.Refused Refuse(string text) => new(text);
}
