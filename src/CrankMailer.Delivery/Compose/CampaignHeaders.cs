using System.Globalization;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Headers;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Publications;

namespace CrankMailer.Delivery.Compose;

/// <summary>The headers of a campaign message beyond those every message has (standards C).</summary>
internal static class CampaignHeaders
{
    /// <param name="campaignId">0 for a test mail.</param>
    /// <param name="audience">The list's slug, or <c>lists</c> for several.</param>
    public static MessagePlanBuilder Add(
        MessagePlanBuilder plan, PublicationRow publication, int campaignId, string audience, string fromEmail, MailLinks links, DeliveryOptions options)
    {
        var document = publication.Document;
        plan.Header("List-Unsubscribe", Unsubscribe(links, MailDomains.Bounce(fromEmail, options), options.MailtoUnsubscribe))
            .Header("List-Unsubscribe-Post", HeaderValue.Create("List-Unsubscribe=One-Click")) // R41: exactly this value
            .ListId(document.Name, MailDomains.ListId(document, fromEmail))
            .Header("List-Help", HeaderValue.Create($"<{links.Page}>"))
            .Header("List-Archive", HeaderValue.Create($"<{links.Page}/archive>"))
            .Header("List-Owner", HeaderValue.Create($"<{Owner(document, fromEmail)}>"))
            .Header("Feedback-ID", HeaderValue.Create(FeedbackId(publication, campaignId, audience)))
            .Header("Precedence", HeaderValue.Create("bulk"))
            .Header("X-Auto-Response-Suppress", HeaderValue.Create("OOF, AutoReply"))
            .Header("X-Campaign", HeaderValue.Create($"c{campaignId.ToString(CultureInfo.InvariantCulture)}"))
            .Header("X-Recipient", [PlanSegment.Value(HolePlan.BounceToken)]); // R55: maps a redacted complaint, tells nothing to others
        return plan;
    }

    /// <summary>R40: the https address first; the mailto only where mail to it comes back to us.</summary>
    private static IReadOnlyList<PlanSegment> Unsubscribe(MailLinks links, string bounceDomain, bool mailto)
    {
        List<PlanSegment> tokens = [PlanSegment.Text($"<{links.HeaderRoot}/u/"), PlanSegment.Value(HolePlan.UnsubscribeToken)];
        if (!mailto) return [.. tokens, PlanSegment.Text(">")];
        return [.. tokens, PlanSegment.Text(">, <mailto:unsub+"), PlanSegment.Value(HolePlan.UnsubscribeToken), PlanSegment.Text($"@{bounceDomain}>")];
    }

    private static string Owner(Publication publication, string fromEmail) => publication.Organisation.Contact switch
    {
        { } page when page.StartsWith("https://", StringComparison.OrdinalIgnoreCase) => page,
        { } address when EmailAddress.TryCreate(address, out var known, out _) => $"mailto:{known}",
        _ => $"mailto:{publication.Sender.ReplyTo ?? fromEmail}",
    };

    /// <summary>R50: campaign, list, publication, and the constant sender id.</summary>
    private static string FeedbackId(PublicationRow publication, int campaignId, string audience) =>
        string.Create(CultureInfo.InvariantCulture, $"c{campaignId}:{audience}:{publication.Slug}:{publication.FeedbackSenderId}");
}
