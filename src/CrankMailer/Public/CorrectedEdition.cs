using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;
using CrankMailer.Rendering;
using CrankMailer.Rendering.Themes;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Public;

/// <summary>
/// An edition as the web shows it: what was mailed, octet for octet, until a correction is made. From then on the approved content is rendered anew with
/// the corrections on top and at their items (design §6); the edition itself stays as it was sent.
/// </summary>
internal sealed class CorrectedEdition(CrankDb db, IssueRenderer renderer, ThemeCatalog themes, RenderOptions options, PublicationDirectory publications)
{
    /// <returns>The HTML with its personal holes open, and when it was last corrected.</returns>
    public async Task<(string Html, DateTimeOffset? CorrectedAt)> FindAsync(Edition edition, CancellationToken ct)
    {
        var errata = await db.IssueRevisions.AsNoTracking().Where(r => r.IssueId == edition.IssueId).OrderByDescending(r => r.Number).Select(r => r.Content).FirstOrDefaultAsync(ct) is { } newest
            ? newest.Errata : [];
        if (errata.Count == 0) return (edition.Html, null);
        var approved = await db.IssueRevisions.AsNoTracking().Where(r => r.IssueId == edition.IssueId && r.Number == edition.Revision).Select(r => r.Content).FirstOrDefaultAsync(ct);
        if (approved is null || await publications.FindAsync(edition.PublicationId, ct) is not { } publication) return (edition.Html, null);
        // A theme that was removed since: better the mail without its corrections than nothing.
        if (themes.Load(publication.Document.Theme.Name).Theme is not { } theme) return (edition.Html, null);
        return (renderer.Render(approved with { Errata = errata }, publication.Document, theme, options with { ShowErrata = true }).Html, errata.Max(e => e.At));
    }
}
