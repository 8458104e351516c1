using CrankMailer.Audience.Guard;
using CrankMailer.Model;
using CrankMailer.Model.Tokens;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Audience;

/// <summary>"Send me my link": mails a link to one's choices to an address we know. The answer is the same for one we do not (R162).</summary>
public sealed class FreshLink(CrankDb db, FormGuard guard, Suppressions suppressions, PreferencesMails mails, TokenRings rings)
{
    public async Task<SignUpResult> AskAsync(int publicationId, string? email, FormTraps traps, Visit visit, CancellationToken ct)
    {
        if (!EmailAddress.TryParse(email, out var address, out var fault))
            return new SignUpResult.Mend([new FieldFault("email", $"address_{fault.ToString().ToLowerInvariant()}")]);
        switch (guard.Judge(traps, address, visit))
        {
            case FormVerdict.Ask ask: return new SignUpResult.AskFirst(ask.Question, !string.IsNullOrEmpty(traps.Question));
            case FormVerdict.Wait wait: return new SignUpResult.Wait(wait.For);
        }
        await WriteAsync(publicationId, address, ct);
        return new SignUpResult.LookIntoYourMail(address);
    }

    private async Task WriteAsync(int publicationId, EmailAddress address, CancellationToken ct)
    {
        var normalized = address.Normalized;
        await rings.GetAsync(ct); // may write on a connection of its own: not within our transaction
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var publication = await db.Publications.AsNoTracking().FirstAsync(p => p.Id == publicationId, ct);
        var subscriber = await db.Subscribers.AsNoTracking().FirstOrDefaultAsync(s => s.PublicationId == publicationId && s.NormalizedEmail == normalized, ct);
        if (subscriber is null || await suppressions.FindAsync(subscriber.AddressHash, publicationId, ct) is not null) return; // R54
        await mails.AddAsync(SystemMailKind.Preferences, publication, subscriber, null, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
