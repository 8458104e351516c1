using System.Text;
using CrankMailer.Model;
using CrankMailer.Model.Publications;
using CrankMailer.Rendering.Wording;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace CrankMailer.Public;

/// <summary>What is no page: pictures, style sheet, visiting card, robots.txt.</summary>
internal static class FileEndpoints
{
    public static void MapFiles(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/m/{file}", Verbs.Read, Picture);
        app.MapMethods("/brand.css", Verbs.Read, (PageTemplates templates, CancellationToken ct) => StyleAsync(null, templates, ct));
        app.MapMethods("/{publication}/brand.css", Verbs.Read, async (string publication, Pages pages, PageTemplates templates, CancellationToken ct) =>
            await pages.FindAsync(publication) is { } row ? await StyleAsync(row, templates, ct) : pages.NotFound());
        app.MapMethods("/{publication}/contact.vcf", Verbs.Read, Card);
        app.MapMethods("/robots.txt", Verbs.Read, Robots);
    }

    // The name is the content's hash, so what was once fetched never changes (design §3).
    private static async Task<IResult> Picture(string file, HttpContext http, CrankDb db, CancellationToken ct)
    {
        var (hash, extension) = file.Length > 65 && file[64] == '.' ? (file[..64], file[65..]) : ("", "");
        var bytes = await db.Pictures.AsNoTracking().Where(p => p.Sha256 == hash && p.Extension == extension).Select(p => p.Bytes).FirstOrDefaultAsync(ct);
        if (bytes is null) return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'";
        return TypedResults.File(bytes, extension switch { "png" => "image/png", "gif" => "image/gif", _ => "image/jpeg" }, entityTag: new EntityTagHeaderValue($"\"{hash[..32]}\""));
    }

    private static async Task<IResult> StyleAsync(PublicationRow? row, PageTemplates templates, CancellationToken ct)
    {
        var css = await File.ReadAllTextAsync(Path.Combine(templates.Folder, "pages.css"), ct);
        return TypedResults.Text(css + Accent.Css(row?.Document.Theme.Settings.GetValueOrDefault("accent")), "text/css; charset=utf-8");
    }

    private static async Task<IResult> Card(string publication, HttpContext http, Pages pages)
    {
        if (await pages.FindAsync(publication) is not { } row) return pages.NotFound();
        var p = row.Document;
        var lines = new List<string> { "BEGIN:VCARD", "VERSION:3.0", $"FN:{Line(p.Sender.Name ?? p.Name)}", $"N:;{Line(p.Sender.Name ?? p.Name)};;;", $"ORG:{Line(p.Organisation.Name ?? p.Name)}" };
        if (p.Sender.Email is { } email) lines.Add($"EMAIL;TYPE=INTERNET:{Line(email)}");
        lines.Add($"URL:{Line(ArchiveEndpoints.AddressOf(p, http).Page)}");
        lines.Add("END:VCARD");
        return TypedResults.File(Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n"), "text/vcard; charset=utf-8", $"{row.Slug}.vcf");
    }

    // RFC 2426 section 5: backslash, comma, semicolon and line breaks are written with a backslash.
    private static string Line(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static async Task<IResult> Robots(HttpContext http, Pages pages)
    {
        var all = await pages.AllAsync();
        var text = new StringBuilder("User-agent: *\n");
        foreach (var path in new[] { "confirm", "preferences", "u", "view", "c", "o", "review", "editor", "audience", "ops", "settings", "sign-in", "setup", "outbox", "api" })
            text.Append("Disallow: /").Append(path).Append("/\n");
        foreach (var row in all) text.Append("Sitemap: ").Append(ArchiveEndpoints.AddressOf(row.Document, http).At("sitemap.xml")).Append('\n');
        return TypedResults.Text(text.ToString(), "text/plain; charset=utf-8");
    }
}
