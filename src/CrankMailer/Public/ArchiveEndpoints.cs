using System.Globalization;
using CrankMailer.Rendering.Personal;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Rendering;
using CrankMailer.Rendering.Wording;

namespace CrankMailer.Public;

/// <summary>Past issues: <c>/{publication}/archive</c>, <c>/{publication}/archive/{slug}</c>, <c>/view/{token}</c>.</summary>
internal static class ArchiveEndpoints
{
    private const int PageSize = 24;

    public static void MapArchive(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/{publication}/archive", Verbs.Read, List);
        app.MapMethods("/{publication}/archive/{slug}", Verbs.Read, Issue);
        app.MapMethods("/view/{token}", Verbs.Read, View);
    }

    private static async Task<IResult> List(string publication, string? before, Pages pages, Archive archive, CancellationToken ct)
    {
        if (await pages.FindAsync(publication) is not { } row) return pages.NotFound();
        DateTimeOffset? until = long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 1L << 54 ? Instants.FromMicroseconds(number) : null;
        var issues = await archive.PageAsync(row.Id, until, PageSize + 1, ct);
        var older = issues.Count > PageSize && issues[PageSize - 1].PublishedAt is { } last ? $"{pages.BaseOf(row)}/archive?before={Instants.ToMicroseconds(last)}" : null;
        return pages.Show("archive", row, new { issues = archive.Model(issues.Take(PageSize), row, pages), older, paged = until is not null });
    }

    private static async Task<IResult> Issue(string publication, string slug, HttpContext http, Pages pages, Archive archive, CorrectedEdition corrected, CancellationToken ct)
    {
        if (await pages.FindAsync(publication) is not { } row) return pages.NotFound();
        if (await archive.FindAsync(row.Id, slug, ct) is not var (issue, edition)) return pages.NotFound(row);
        var address = AddressOf(row.Document, http);
        var image = PublicationModel.Web((await archive.ContentAsync(edition, ct)).Image?.Src is { } src && src.StartsWith('/') ? address.Root + src : null);
        var card = WebIssue.Card(issue.Title ?? PersonalPreview.SubjectOf(edition.Subject), edition.Preheader, address.At($"archive/{issue.Slug}"), image, row.Document.Name);
        var way = WebIssue.Way(pages.Word(row, "navigation"),
            (pages.BaseOf(row) is { Length: > 0 } home ? home : "/", row.Document.Name), ($"{pages.BaseOf(row)}/archive", pages.Word(row, "archive")), ($"{pages.BaseOf(row)}/subscribe", pages.Word(row, "subscribe")));
        return WebIssue.Of((await corrected.FindAsync(edition, ct)).Html, address.At("archive"), card, way) is { } html ? new IssueResult(html, index: true, personalLink: false) : pages.NotFound(row);
    }

    private static async Task<IResult> View(string token, HttpContext http, Pages pages, Archive archive, CorrectedEdition corrected, CancellationToken ct)
    {
        if (await archive.FindByViewTokenAsync(token, ct) is not { } edition) return pages.NotFound();
        var address = AddressOf((await pages.GetAsync(edition.PublicationId)).Document, http);
        var html = WebIssue.Of((await corrected.FindAsync(edition, ct)).Html, address.At("archive"), "<meta name=\"robots\" content=\"noindex\">");
        return html is null ? pages.NotFound() : new IssueResult(html, index: false, personalLink: true);
    }

    /// <summary>The publication's own address; the one the request came by where it names none, and in the demonstration, whose own does not exist.</summary>
    internal static PublicAddress AddressOf(Publication publication, HttpContext http) => PublicAddress.Of(
        http.RequestServices.GetRequiredService<RenderOptions>().LinkBase is null ? publication : publication with { PublicUrl = null }, $"{http.Request.Scheme}://{http.Request.Host}");
}
