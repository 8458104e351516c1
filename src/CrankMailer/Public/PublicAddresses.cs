using CrankMailer.Authoring.Yaml;
using CrankMailer.Model.Publications;

namespace CrankMailer.Public;

/// <summary>
/// Turns the addresses of a publication that has its own (<c>public_url</c>) into the paths of our routes: on its host <c>/archive</c> means
/// <c>/{publication}/archive</c>, and below its path <c>/u/…</c> is found as at the root.
/// </summary>
internal sealed class PublicAddresses(RequestDelegate next, PublicationDirectory directory)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // Health and files of the console must answer when the database does not.
        if (http.Request.Path.StartsWithSegments("/health") || http.Request.Path.StartsWithSegments("/assets"))
        {
            await next(http);
            return;
        }
        if (await FindAsync(http) is var (publication, prefix))
        {
            var rest = http.Request.Path.Value is { } path && path.Length > prefix.Length ? path[prefix.Length..] : "/";
            var first = rest.Split('/', 3)[1];
            http.Request.Path = (ReservedSlugs.Contains(first) && first != "sitemap.xml") || first == publication.Slug ? rest : $"/{publication.Slug}{(rest == "/" ? "" : rest)}";
            http.Features.Set(new OwnAddress(publication.Slug, prefix));
        }
        await next(http);
    }

    /// <summary>The publication whose address this is, and the path before ours. Null on the shared address.</summary>
    private async ValueTask<(PublicationRow Publication, string Prefix)?> FindAsync(HttpContext http)
    {
        foreach (var publication in await directory.AllAsync(http.RequestAborted))
        {
            if (!Uri.TryCreate(publication.Document.PublicUrl, UriKind.Absolute, out var url)) continue;
            var prefix = url.AbsolutePath.TrimEnd('/');
            if (prefix.EndsWith("/" + publication.Slug, StringComparison.Ordinal)) continue; // https://host/slug is the shared form already
            if (!http.Request.Host.Value!.Equals(url.Authority, StringComparison.OrdinalIgnoreCase)) continue;
            if (prefix.Length == 0 || http.Request.Path.StartsWithSegments(prefix)) return (publication, prefix);
        }
        return null;
    }
}

/// <summary>The request came to a publication's own address.</summary>
internal sealed record OwnAddress(string Slug, string Prefix);
