using System.Globalization;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Headers;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Publications;

namespace CrankMailer.Delivery.Compose;

/// <summary>The headers of a campaign message beyond those every message has (standards C).</summary>
internal static class CampaignHeaders
{
    public static void Add(MessagePlanBuilder plan, PublicationRow publication, CampaignMark campaign, string fromEmail, MailLinks links, DeliveryOptions options)
    {
        var document = publication.Document;
        plan.Header("List-Unsubscribe", Unsubscribe(links, MailDomains.Bounce(fromEmail, options), options.MailtoUnsubscribe))
            .Header("List-Unsubscribe-Post", HeaderValue.Create("List-Unsubscribe=One-Click")) // R41: exactly this value
            .ListId(document.Name, MailDomains.ListId(document, fromEmail))
            .Header("List-Owner", Owner(document, fromEmail))
            .Header("Feedback-ID", HeaderValue.Create(FeedbackId(publication, campaign)))
            .Header("Precedence", HeaderValue.Create("bulk"))
            .Header("X-Auto-Response-Suppress", HeaderValue.Create("OOF, AutoReply"))
            .Header("X-Campaign", HeaderValue.Create($"c{campaign.Id.ToString(CultureInfo.InvariantCulture)}"))
            .Header("X-Recipient", [PlanSegment.Value(HolePlan.BounceToken)]); // R55: maps a redacted complaint, tells nothing to others
        // R47: URIs "where they exist".
        if (HeaderUri.TryCreate(links.Page, out var help, out _)) plan.Header("List-Help", help);
        if (HeaderUri.TryCreate($"{links.Page}/archive", out var archive, out _)) plan.Header("List-Archive", archive);
    }

    /// <summary>R40: the https address first; the mailto only where mail to it comes back to us.</summary>
    private static IReadOnlyList<PlanSegment> Unsubscribe(MailLinks links, string bounceDomain, bool mailto)
    {
        List<PlanSegment> tokens = [PlanSegment.Text($"<{links.HeaderRoot}/u/"), PlanSegment.Value(HolePlan.UnsubscribeToken)];
        if (!mailto) return [.. tokens, PlanSegment.Text(">")];
        return [.. tokens, PlanSegment.Text(">, <mailto:unsub+"), PlanSegment.Value(HolePlan.UnsubscribeToken), PlanSegment.Text($"@{bounceDomain}>")];
    }

    private static HeaderUri Owner(Publication publication, string fromEmail) => publication.Organisation.Contact switch
    {
        { } page when page.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && HeaderUri.TryCreate(page, out var uri, out _) => uri,
        { } address when EmailAddress.TryCreate(address, out var known, out _) => HeaderUri.Mailto(known),
        _ => HeaderUri.Mailto(EmailAddress.Create(publication.Sender.ReplyTo ?? fromEmail)),
    };

    /// <summary>R50: campaign, list, publication, and the sender id, which never changes and has 5 to 15 characters.</summary>
    private static string FeedbackId(PublicationRow publication, CampaignMark campaign) => publication.FeedbackSenderId is { Length: >= 5 and <= 15 } id && id.All(char.IsAsciiLetterOrDigit)
        ? string.Create(CultureInfo.InvariantCulture, $"c{campaign.Id}:{campaign.Audience}:{publication.Slug}:{id}")
        : throw new ArgumentException($"The publication's sender id for Feedback-ID is \"{publication.FeedbackSenderId}\"; it has 5 to 15 letters and digits.");
}
