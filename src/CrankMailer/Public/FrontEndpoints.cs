using CrankMailer.Audience;
using CrankMailer.Audience.Guard;

namespace CrankMailer.Public;

/// <summary><c>/</c> and <c>/{publication}</c>.</summary>
internal static class FrontEndpoints
{
    public static void MapFront(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/", Verbs.Read, Index);
        app.MapMethods("/{publication}", Verbs.Read, Front);
    }

    private static async Task<IResult> Index(Pages pages)
    {
        var all = await pages.AllAsync();
        return pages.Show("index", null, new { publications = all.Select(p => new { name = p.Document.Name, tagline = p.Document.Tagline, url = pages.BaseOf(p), lang = p.Document.Lang }).ToList() });
    }

    private static async Task<IResult> Front(string publication, Pages pages, Archive archive, SignUp signUp, FormGuard guard, CancellationToken ct)
    {
        if (await pages.FindAsync(publication) is not { } row) return pages.NotFound();
        var lists = await signUp.OfferedAsync(row.Id, ct);
        var latest = await archive.PageAsync(row.Id, null, 1, ct);
        return pages.Show("publication", row, new { form = SignUpModel.Fresh(lists, guard.Stamp()), issues = archive.Model(latest, row, pages) });
    }
}

internal static class Verbs
{
    public static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];
}
