using CrankMailer.Delivery.Compose;
using CrankMailer.Model;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Publications;
using CrankMailer.Rendering.Wording;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using EmailAddress = CrankMailer.Mail.Headers.EmailAddress;

namespace CrankMailer.Delivery.Campaigns;

/// <summary>What must be true before mail may leave: the approval, the law (R163), the addresses, a relay. Looked at when a campaign is made and again when it starts.</summary>
internal sealed class CampaignReadiness(CrankDb db, MailSigners signers, IOptions<DeliveryOptions> options)
{
    /// <returns>Why these editions may not be sent, or null.</returns>
    public async Task<string?> FindProblemAsync(int issueId, IReadOnlyList<int> editionIds, CancellationToken ct)
    {
        var editions = await db.Editions.AsNoTracking().Where(e => editionIds.Contains(e.Id)).OrderBy(e => e.Id)
            .Select(e => new { e.Id, e.IssueId, e.PublicationId, e.Hash, e.Lang, e.PostalAddress, e.FromEmail }).ToListAsync(ct);
        if (editions.Count == 0 || editions.Count != editionIds.Distinct().Count()) return "There is no such edition. Approve the issue first.";
        if (editions.Any(e => e.IssueId != issueId)) return "The edition belongs to another issue.";
        if (editions.Select(e => e.Lang).Distinct().Count() != editions.Count) return "Two editions have the same language; a reader can get only one.";
        if (editions.Any(e => string.IsNullOrWhiteSpace(e.PostalAddress))) return "The postal address is missing. Set it in the publication's settings and approve the issue again.";

        var publication = await db.Publications.AsNoTracking().SingleAsync(p => p.Id == editions[0].PublicationId, ct);
        foreach (var edition in editions)
        {
            if (await FindApprovalProblemAsync(publication, edition.Id, edition.Hash, ct) is { } problem) return problem;
            if (!EmailAddress.TryCreate(edition.FromEmail, out _, out var fault)) return $"The sender {edition.FromEmail} is no address to send from: {fault} Set it in the publication's settings and approve the issue again.";
            if (await signers.FindProblemAsync(publication.Id, edition.FromEmail, ct) is { } unsigned) return unsigned;
        }
        return FindAddressProblem(publication);
    }

    /// <summary>Whether a relay is there that this campaign may use.</summary>
    public async Task<string?> FindRelayProblemAsync(bool capture, CancellationToken ct)
    {
        if (await db.Relays.AnyAsync(r => r.Enabled && r.Captures == capture, ct)) return null;
        return capture
            ? "No capturing relay is running, so there is nowhere to send to."
            : "There is no relay to send through. Add one under Settings, Relays.";
    }

    private async Task<string?> FindApprovalProblemAsync(PublicationRow publication, int editionId, string hash, CancellationToken ct)
    {
        var approvals = await db.Approvals.AsNoTracking().Where(a => a.EditionId == editionId && a.Hash == hash).Select(a => a.ByAuthor).ToListAsync(ct);
        if (approvals.Count == 0) return "This edition is not approved. Have it approved, then send it.";
        if (!publication.OnePersonMayApprove && approvals.TrueForAll(byAuthor => byAuthor))
            return "Only its author has approved this edition; a second person must.";
        return null;
    }

    private string? FindAddressProblem(PublicationRow publication)
    {
        var address = PublicAddress.Of(publication.Document, options.Value.InstallationUrl);
        // RFC 8058: one-click needs https; no receiver takes another scheme.
        return Uri.TryCreate(address.Root, UriKind.Absolute, out var root) && root.Scheme == Uri.UriSchemeHttps
            ? null
            : "The publication's public address must begin with https://, because every mail carries an unsubscribe link to it. Set public_url in its settings.";
    }
}
