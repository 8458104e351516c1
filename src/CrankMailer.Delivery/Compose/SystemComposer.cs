using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Headers;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Publications;
using CrankMailer.Model.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using EmailAddress = CrankMailer.Mail.Headers.EmailAddress;

namespace CrankMailer.Delivery.Compose;

/// <summary>
/// Mails of the outbox: confirmations, preference links, tests. By their own rules (R54): no one-click header, told to be made by a machine (R51);
/// only a test of an edition shows the headers its campaign would have.
/// </summary>
internal sealed class SystemComposer(
    IDbContextFactory<CrankDb> databases, CampaignComposers composers, MailSigners mailSigners, TokenRings rings, IOptions<DeliveryOptions> options, TimeProvider clock)
{
    /// <exception cref="ProblemException">It cannot be sent; the message says why.</exception>
    public async Task<ComposedMail> ComposeAsync(MessageBuffer buffer, OutboxMail mail, CancellationToken ct)
    {
        try
        {
            return mail.EditionId is { } edition && mail.Html.Length == 0
                ? await TestAsync(buffer, mail, edition, ct)
                : await PlainAsync(buffer, mail, ct);
        }
        catch (ArgumentException e)
        {
            throw Problem(e.Message);
        }
    }

    /// <summary>The edition as its campaign would send it, to the address of the row.</summary>
    private async Task<ComposedMail> TestAsync(MessageBuffer buffer, OutboxMail mail, int editionId, CancellationToken ct)
    {
        var composer = await composers.GetAsync(0, editionId, ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        var subscriber = await db.Subscribers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == mail.SubscriberId, ct);
        // The tokens of a test lead to nobody's subscription unless it was made as a certain subscriber.
        var to = new Recipient(
            mail.PublicationId ?? 0, 0, mail.Id, subscriber?.Id ?? 0, mail.ToAddress, subscriber?.Name ?? NullIfEmpty(mail.ToName),
            subscriber?.FirstName ?? NullIfEmpty(mail.ToName), subscriber?.LastName, subscriber?.Attributes ?? "{}");
        return composer.Compose(buffer, composer.NewValues(), to, clock.GetUtcNow(), out var problem) ?? throw Problem(problem ?? "");
    }

    private async Task<ComposedMail> PlainAsync(MessageBuffer buffer, OutboxMail mail, CancellationToken ct)
    {
        var publication = await PublicationAsync(mail, ct);
        var document = publication.Document;
        if (document.Sender.Email is not { Length: > 0 } from) throw Problem("The publication has no sender address. Set it in its settings.");
        var builder = new MessagePlanBuilder
        {
            From = Mailbox.Create(document.Sender.Name ?? document.Name, from),
            ReplyTo = document.Sender.ReplyTo is { Length: > 0 } replyTo ? Mailbox.Create(null, replyTo) : null,
            Subject = [PlanSegment.Text(mail.Subject)],
            Text = [PlanSegment.Text(mail.Text)],
            Html = mail.Html.Length > 0 ? [PlanSegment.Text(mail.Html)] : null,
        };
        var holes = new HolePlan();
        var links = new MailLinks(document, options.Value);
        if (mail.EditionId is null)
            builder.Header("Auto-Submitted", HeaderValue.Create("auto-generated")).Header("X-Auto-Response-Suppress", HeaderValue.Create("All"));
        else
            CampaignHeaders.Add(builder, publication, new CampaignMark(0, "test", mail.CreatedAt), from, links, options.Value);

        var ring = await rings.GetAsync(ct);
        var values = new RecipientValues(holes, links, ring);
        values.For(new Recipient(publication.Id, 0, mail.Id, mail.SubscriberId ?? 0, mail.ToAddress, null, null, null, "{}"));
        var recipient = EmailAddress.Create(mail.ToAddress);
        var token = ring.AsOf(mail.CreatedAt).Make(TokenPurpose.SystemMail, new TokenIds(mail.Id)); // a later try has the same Message-ID (R13)
        var signers = await mailSigners.GetAsync(publication.Id, from, ct);
        builder.Build().Write(
            buffer, new MessageStamp(Mailbox.Create(mail.ToName, recipient), MessageId.Create(token, MailDomains.Sender(from)), clock.GetUtcNow()), values, signers);
        return new ComposedMail(EmailAddress.Create($"bounce+{token}@{MailDomains.Bounce(from, options.Value)}"), recipient, buffer.Written);
    }

    /// <summary>A mail of no publication (an alert to an operator) goes out in the name of the first one.</summary>
    private async Task<PublicationRow> PublicationAsync(OutboxMail mail, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Publications.AsNoTracking().Where(p => mail.PublicationId == null || p.Id == mail.PublicationId).OrderBy(p => p.Id).FirstOrDefaultAsync(ct)
            ?? throw Problem("There is no publication in whose name it could be sent.");
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static ProblemException Problem(string text) => new([new Problem(Severity.Error, "compose", text)]);
}
