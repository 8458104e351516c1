using System.Text;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Dkim;
using CrankMailer.Mail.Headers;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Publications;
using CrankMailer.Model.Tokens;
using CrankMailer.Rendering.Personal;
using CrankMailer.Scriban.Personal;

namespace CrankMailer.Delivery.Compose;

/// <summary>
/// One edition of one campaign, compiled: everything that is the same for all recipients is encoded once, and a recipient costs the holes, the copying
/// and the signature (design §4). Immutable; each connection has its own <see cref="RecipientValues"/> and buffer.
/// </summary>
public sealed class CampaignComposer
{
    private readonly MessagePlan _plan;
    private readonly HolePlan _holes;
    private readonly MailLinks _links;
    private readonly TokenRing _ring;
    private readonly TokenRing _idRing;
    private readonly IReadOnlyList<DkimSigner> _signers;
    private readonly string _senderDomain;
    private readonly string _bounceDomain;

    private CampaignComposer(MessagePlan plan, HolePlan holes, MailLinks links, (TokenRing Now, TokenRing ForIds) rings, IReadOnlyList<DkimSigner> signers, (string Sender, string Bounce) domains)
    {
        (_plan, _holes, _links, _signers) = (plan, holes, links, signers);
        (_ring, _idRing) = rings;
        (_senderDomain, _bounceDomain) = domains;
    }

    /// <exception cref="Model.ProblemException">A text of the edition does not compile.</exception>
    /// <exception cref="ArgumentException">A header value may not be sent, such as a sender that is no address.</exception>
    internal static CampaignComposer Compile(
        Edition edition, PublicationRow publication, CampaignMark campaign, TokenRing ring, IReadOnlyList<DkimSigner> signers, DeliveryOptions options)
    {
        var holes = new HolePlan();
        var links = new MailLinks(publication.Document, options);
        var builder = new MessagePlanBuilder
        {
            From = Mailbox.Create(edition.FromName, edition.FromEmail),
            ReplyTo = edition.ReplyTo is { Length: > 0 } replyTo ? Mailbox.Create(null, replyTo) : null,
            Subject = holes.Add(edition.Subject, Syntax(PersonalMedium.Header), "subject"),
            Text = holes.Add(edition.Text, Syntax(PersonalMedium.Text), "text"),
            Html = holes.Add(edition.Html, Syntax(PersonalMedium.Html), "html"),
        };
        foreach (var file in edition.Files.OrderBy(f => f.Position))
            _ = file.Inline ? builder.Inline(file.Name, file.MediaType, file.Bytes) : builder.Attach(file.Name, file.MediaType, file.Bytes);
        CampaignHeaders.Add(builder, publication, campaign, edition.FromEmail, links, options);
        return new CampaignComposer(
            builder.Build(), holes, links, (ring, ring.AsOf(campaign.Since)), signers, (MailDomains.Sender(edition.FromEmail), MailDomains.Bounce(edition.FromEmail, options)));

        PersonalSyntax Syntax(PersonalMedium medium) => PersonalNames.Syntax(medium, publication.Document, options.LinkBase ?? options.InstallationUrl);
    }

    internal RecipientValues NewValues() => new(_holes, _links, _ring);

    /// <summary>Writes one recipient's signed message into the buffer.</summary>
    /// <param name="values">Of this composer, by <see cref="NewValues"/>.</param>
    /// <param name="problem">Why there can be no message for this address; null otherwise.</param>
    /// <returns>The envelope, where the address is one.</returns>
    internal ComposedMail? Compose(MessageBuffer buffer, RecipientValues values, Recipient to, DateTimeOffset now, out string? problem)
    {
        if (!EmailAddress.TryCreate(to.Address, out var address, out problem)) return null;
        values.For(to);
        Span<byte> token = stackalloc byte[TokenRing.MaxLength];
        var ids = new TokenIds(to.CampaignId, to.DeliveryId);
        var messageId = MessageId.Create(Encoding.ASCII.GetString(token[.._idRing.Write(TokenPurpose.MessageId, ids, token)]), _senderDomain);
        var sender = EmailAddress.Create($"bounce+{Encoding.ASCII.GetString(token[.._ring.Write(TokenPurpose.Bounce, ids, token)])}@{_bounceDomain}");
        _plan.Write(buffer, new MessageStamp(Mailbox.Create(to.Name, address), messageId, now), values, _signers);
        return new ComposedMail(sender, address, buffer.Written);
    }
}

/// <summary>A message with its envelope (R64), valid until its buffer is used again.</summary>
internal readonly record struct ComposedMail(EmailAddress Sender, EmailAddress Recipient, ReadOnlyMemory<byte> Message);
