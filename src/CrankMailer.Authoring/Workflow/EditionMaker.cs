using System.Text.Json;
using System.Text.RegularExpressions;
using CrankMailer.Authoring.Checks;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Publications;
using CrankMailer.Rendering;
using CrankMailer.Rendering.Themes;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Authoring.Workflow;

/// <summary>Renders an issue as it would be frozen now, with its hash and all that is wrong with it. Stores nothing.</summary>
public sealed partial class EditionMaker(CrankDb db, IssueRenderer renderer, ThemeCatalog themes, RenderOptions options, TimeProvider clock)
{
    public async Task<EditionDraft> MakeAsync(PublicationRow publication, IssueCopy copy, CancellationToken ct)
    {
        var document = publication.Document;
        var (loaded, themeProblems) = themes.Load(document.Theme.Name);
        if (loaded is not { } theme) return new EditionDraft(null, null, themeProblems);
        var issue = copy.Content;
        var rendered = renderer.Render(issue, document, theme, options);
        var (pictures, missing) = await FindPicturesAsync(rendered.Html, ct);
        Problem[] problems = [.. themeProblems, .. IssueChecks.Run(issue, document, new RenderedFacts(rendered.Html, rendered.Text, rendered.Problems)), .. missing];
        return new EditionDraft(Freeze(publication, copy, rendered, pictures), rendered, problems);
    }

    private Edition Freeze(PublicationRow publication, IssueCopy copy, RenderedIssue rendered, IReadOnlyList<string> pictures)
    {
        var document = publication.Document;
        var edition = new Edition
        {
            PublicationId = publication.Id,
            IssueId = copy.Id,
            Revision = copy.Revision,
            Lang = copy.Content.Lang ?? document.Lang,
            Subject = rendered.Subject,
            Preheader = rendered.Preheader,
            Html = rendered.Html,
            Text = rendered.Text,
            FromName = document.Sender.Name ?? document.Name,
            FromEmail = document.Sender.Email ?? "",
            ReplyTo = document.Sender.ReplyTo,
            PostalAddress = string.Join('\n', document.Organisation.PostalAddress),
            ThemeName = rendered.ThemeName,
            ThemeHash = rendered.ThemeVersion,
            Links = JsonSerializer.Serialize(rendered.Links.Select(l => new { n = l.Number, url = l.Url, item = l.ItemId, publisher = l.Publisher }), IssueJson.Compact),
            CreatedAt = clock.Instant(),
        };
        edition.Hash = EditionHash.Of(edition, pictures);
        return edition;
    }

    /// <summary>The stored pictures the HTML names, and a problem for each that is not stored.</summary>
    private async Task<(IReadOnlyList<string> Found, IReadOnlyList<Problem> Missing)> FindPicturesAsync(string html, CancellationToken ct)
    {
        var named = StoredPicture().Matches(html).Select(m => m.Groups["hash"].Value).Distinct().ToList();
        var found = await db.Pictures.Where(p => named.Contains(p.Sha256)).Select(p => p.Sha256).ToListAsync(ct);
        return (found, [.. named.Except(found).Select(hash => new Problem(Severity.Error, "picture-not-stored", $"The picture {hash[..12]}… is not stored here: upload it again."))]);
    }

    [GeneratedRegex("/m/(?<hash>[0-9a-f]{64})\\.(?:png|jpg|gif)")]
    private static partial Regex StoredPicture();
}
