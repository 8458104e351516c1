using CrankMailer.Audience.Guard;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Audience;

/// <summary>
/// Double opt-in (R161): a form leads to a confirmation mail, and only the button behind its link to a subscription. Whose the address is,
/// and whether we know it, shows nowhere (R162).
/// </summary>
public sealed class SignUp(CrankDb db, FormGuard guard, AddressHashers hashers, Confirmations confirmations, TimeProvider clock)
{
    private const int MaxName = 100;

    public async Task<SignUpResult> AskAsync(SignUpRequest request, CancellationToken ct)
    {
        var publication = await db.Publications.AsNoTracking().FirstAsync(p => p.Id == request.PublicationId, ct);
        var offered = await OfferedAsync(publication.Id, ct);
        var faults = FaultsOf(request, offered, out var address);
        if (faults.Count > 0 || address is null) return new SignUpResult.Mend(faults);
        switch (guard.Judge(request.Traps, address, request.Visit))
        {
            case FormVerdict.Ask ask: return new SignUpResult.AskFirst(ask.Question, !string.IsNullOrEmpty(request.Traps.Question));
            case FormVerdict.Wait wait: return new SignUpResult.Wait(wait.For);
        }
        var chosen = offered.Where(l => request.Lists.Contains(l.Slug)).ToList();
        await WriteAsync(publication, address, chosen, request, ct);
        return new SignUpResult.LookIntoYourMail(address);
    }

    /// <summary>The lists a reader may choose, in the order of their names.</summary>
    public Task<List<MailingList>> OfferedAsync(int publicationId, CancellationToken ct) =>
        db.Lists.AsNoTracking().Where(l => l.PublicationId == publicationId && l.IsPublic && l.ArchivedAt == null).OrderBy(l => l.Name).ToListAsync(ct);

    private static List<FieldFault> FaultsOf(SignUpRequest request, List<MailingList> offered, out EmailAddress? address)
    {
        var faults = new List<FieldFault>();
        if (!EmailAddress.TryParse(request.Email, out address, out var fault)) faults.Add(new FieldFault("email", $"address_{fault.ToString().ToLowerInvariant()}"));
        if (request.Name is { } name && (name.Length > MaxName || name.Any(char.IsControl))) faults.Add(new FieldFault("name", "name_unusable"));
        if (!offered.Any(l => request.Lists.Contains(l.Slug))) faults.Add(new FieldFault("list", "choose_a_list")); // R160: an active choice
        return faults;
    }

    private async Task WriteAsync(PublicationRow publication, EmailAddress address, List<MailingList> lists, SignUpRequest request, CancellationToken ct)
    {
        var hash = (await hashers.GetAsync(ct)).Hash(address.Normalized); // may write on a connection of its own: not within our transaction
        try
        {
            await TryWriteAsync(publication, address, hash, lists, request, ct);
        }
        catch (DbUpdateException) // the same address pressed the button twice at once: the other one's rows are there now
        {
            db.ChangeTracker.Clear();
            await TryWriteAsync(publication, address, hash, lists, request, ct);
        }
    }

    private async Task TryWriteAsync(
        PublicationRow publication, EmailAddress address, byte[] hash, List<MailingList> lists, SignUpRequest request, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var subscriber = await FindOrAddAsync(publication.Id, address, hash, request.Lang, ct);
        var name = string.IsNullOrWhiteSpace(request.Name) ? null : request.Name.Trim();
        await confirmations.AskAsync(publication, subscriber, new ConfirmationWish([.. lists.Select(l => l.Id)], name, request.Lang), request.Visit, ct);
        await transaction.CommitAsync(ct);
    }

    private async Task<Subscriber> FindOrAddAsync(int publicationId, EmailAddress address, byte[] hash, string lang, CancellationToken ct)
    {
        var normalized = address.Normalized;
        if (await db.Subscribers.FirstOrDefaultAsync(s => s.PublicationId == publicationId && s.NormalizedEmail == normalized, ct) is { } known) return known;
        var now = clock.Instant();
        var added = new Subscriber
        {
            PublicationId = publicationId, Email = address.Address, NormalizedEmail = normalized, Lang = lang, CreatedAt = now, UpdatedAt = now,
            AddressHash = hash,
        };
        db.Subscribers.Add(added);
        await db.SaveChangesAsync(ct);
        return added;
    }
}
