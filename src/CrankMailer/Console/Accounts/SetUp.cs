using System.Security.Cryptography;
using CrankMailer.Authoring.Workflow;
using CrankMailer.Authoring.Yaml;
using CrankMailer.Console.Shared;
using CrankMailer.Mail.Dkim;
using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Operations;
using CrankMailer.Model.Publications;
using CrankMailer.Model.Tokens;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Console.Accounts;

/// <summary>The first start: the owner's account, the first publication with its list and signing key, the relay.</summary>
internal sealed class SetUp(CrankDb db, OneTimeTokens tokens, UserManager<User> users, PublicationSecrets secrets, TimeProvider clock)
{
    public const Roles AllRoles = Roles.Reader | Roles.Editor | Roles.Chief | Roles.Operator | Roles.Owner;
    private const string Selector = "crank1";
    private static readonly TimeSpan LinkLife = TimeSpan.FromDays(1);

    /// <summary>The path of a one-time link that makes the owner's account; null where there is an account already.</summary>
    public async Task<string?> FindLinkAsync(CancellationToken ct)
    {
        if (await db.Users.AnyAsync(ct)) return null;
        var token = tokens.Add(OneTimePurpose.SetUp, LinkLife);
        await db.SaveChangesAsync(ct);
        return $"/setup/{token}";
    }

    public async Task<bool> IsLivingAsync(string token, CancellationToken ct) =>
        !await db.Users.AnyAsync(ct)
        && await tokens.FindAsync(token, OneTimePurpose.SetUp, ct) is { UsedAt: null } row && row.ExpiresAt > clock.GetUtcNow();

    /// <summary>Makes the owner and uses the link up.</summary>
    public async Task<(User? Owner, IReadOnlyList<Problem> Problems)> MakeOwnerAsync(string token, string? name, string? email, string? password, CancellationToken ct)
    {
        if (await tokens.FindAsync(token, OneTimePurpose.SetUp, ct) is not { } row || await db.Users.AnyAsync(ct))
            return (null, [FieldProblems.Wrong("", "This link does not work any more. Start the program again for a new one.")]);
        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(name)) problems.Add(FieldProblems.Wrong("name", "Write your name: colleagues see it beside what you saved and approved."));
        if (!EmailAddress.TryParse(email, out var address, out _)) problems.Add(FieldProblems.Wrong("email", "This is no e-mail address: write one such as ada@example.org."));
        var user = new User { Name = name?.Trim() ?? "", UserName = address?.Address, Email = address?.Address, EmailConfirmed = true, Roles = AllRoles, CreatedAt = clock.Instant(), LockoutEnabled = true };
        foreach (var validator in users.PasswordValidators)
            foreach (var error in (await validator.ValidateAsync(users, user, password)).Errors.Take(1)) problems.Add(FieldProblems.Wrong("password", PasswordWords.Of(error)));
        if (problems.Count > 0) return (null, problems);
        if (!await tokens.TryUseAsync(row, ct)) return (null, [FieldProblems.Wrong("", "This link was used already. Sign in instead.")]);
        var made = await users.CreateAsync(user, password ?? "");
        return made.Succeeded ? (user, []) : (null, [.. made.Errors.Select(e => FieldProblems.Wrong("email", e.Description))]);
    }

    /// <summary>Makes the publication, its first list and its signing key.</summary>
    public async Task<IReadOnlyList<Problem>> MakePublicationAsync(Publication document, string? listName, int? userId, CancellationToken ct)
    {
        var problems = await CheckAsync(document, ct);
        if (problems.Count > 0) return problems;
        var now = clock.Instant();
        var row = new PublicationRow
        {
            Slug = document.Slug, Document = document, CreatedAt = now, Version = 1,
            OnePersonMayApprove = await db.Users.CountAsync(ct) == 1,
            FeedbackSenderId = "cm" + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 10),
        };
        var key = await Task.Run(() => DkimKey.Generate(DkimAlgorithm.RsaSha256), ct); // a second or two of arithmetic
        var wrapped = secrets.WrapKey(key.ToPem()); // before the transaction: the key ring may have to write to the database itself
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.Add(row);
        await db.SaveChangesAsync(ct);
        db.Add(new MailingList { PublicationId = row.Id, Slug = SlugRules.From(listName ?? document.Name), Name = listName ?? document.Name, CreatedAt = now });
        db.Add(new DkimKeyRow
        {
            PublicationId = row.Id, Domain = DomainOf(document), Selector = Selector, PrivateKey = wrapped, DnsRecord = key.DnsRecord, Active = true, CreatedAt = now,
        });
        db.Add(new AuditEntry { At = now, UserId = userId, Action = "publication.created", Subject = $"publication:{row.Id}", Detail = document.Slug });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return [];
    }

    /// <summary>The DNS records to publish for a publication.</summary>
    public async Task<IReadOnlyList<(string Name, string Value)>> DnsRecordsAsync(int publicationId, CancellationToken ct) =>
        [.. (await db.DkimKeys.AsNoTracking().Where(k => k.PublicationId == publicationId && k.Active).OrderBy(k => k.Id).ToListAsync(ct))
            .Select(k => ($"{k.Selector}._domainkey.{k.Domain}", k.DnsRecord))];

    private async Task<IReadOnlyList<Problem>> CheckAsync(Publication document, CancellationToken ct)
    {
        var problems = PublicationRules.Check(document).ToList();
        if (document.Sender.Email is null) problems.Add(FieldProblems.Wrong("sender.email", "Write the address the mail comes from, such as news@example.org."));
        if (document.Organisation.PostalAddress.Count == 0) problems.Add(FieldProblems.Wrong("organisation.postal_address", "Write a postal address: the law of most countries asks for one in every mail."));
        if (await db.Publications.AnyAsync(p => p.Slug == document.Slug, ct)) problems.Add(FieldProblems.Wrong("slug", $"There already is a publication \"{document.Slug}\"."));
        return problems;
    }

    private static string DomainOf(Publication document) =>
        EmailAddress.TryParse(document.Sender.Email, out var address, out _) ? address.Domain : throw new InvalidOperationException("The sender was checked before.");
}
