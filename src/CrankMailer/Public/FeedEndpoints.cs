using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using CrankMailer.Model.Publications;
using CrankMailer.Rendering.Wording;
using Microsoft.Net.Http.Headers;

namespace CrankMailer.Public;

/// <summary><c>/{publication}/feed.xml</c> (Atom, RFC 4287), <c>/{publication}/feed.json</c> (JSON Feed 1.1), <c>/{publication}/sitemap.xml</c>.</summary>
internal static class FeedEndpoints
{
    private const int Newest = 20;
    private const int SitemapMost = 5000;
    private const string Atom = "http://www.w3.org/2005/Atom";
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/{publication}/feed.xml", Verbs.Read, (string publication, HttpContext http, Pages pages, Archive archive, CorrectedEdition corrected, CancellationToken ct) =>
            FeedAsync(publication, http, pages, archive, corrected, ("application/atom+xml; charset=utf-8", AtomOf), ct));
        app.MapMethods("/{publication}/feed.json", Verbs.Read, (string publication, HttpContext http, Pages pages, Archive archive, CorrectedEdition corrected, CancellationToken ct) =>
            FeedAsync(publication, http, pages, archive, corrected, ("application/feed+json; charset=utf-8", JsonOf), ct));
        app.MapMethods("/{publication}/sitemap.xml", Verbs.Read, Sitemap);
    }

    private static async Task<IResult> FeedAsync(
        string publication, HttpContext http, Pages pages, Archive archive, CorrectedEdition corrected, (string Type, Func<Feed, byte[]> Write) form, CancellationToken ct)
    {
        if (await pages.FindAsync(publication) is not { } row) return pages.NotFound();
        var issues = await archive.PageAsync(row.Id, null, Newest, ct);
        var editions = (await archive.EditionsAsync([.. issues.Select(i => i.EditionId)], ct)).ToDictionary(e => e.Id);
        var address = ArchiveEndpoints.AddressOf(row.Document, http);
        var entries = new List<Entry>();
        foreach (var issue in issues)
        {
            var (html, correctedAt) = await corrected.FindAsync(editions[issue.EditionId], ct);
            entries.Add(new Entry(issue, address.At($"archive/{issue.Slug}"), WebIssue.Of(html, address.At("archive"), "") ?? "", correctedAt));
        }
        return Cached(form.Write(new Feed(row, address, entries)), form.Type, entries.Max(e => (DateTimeOffset?)e.UpdatedAt));
    }

    private static async Task<IResult> Sitemap(string publication, HttpContext http, Pages pages, Archive archive, CancellationToken ct)
    {
        if (await pages.FindAsync(publication) is not { } row) return pages.NotFound();
        var address = ArchiveEndpoints.AddressOf(row.Document, http);
        var issues = await archive.PageAsync(row.Id, null, SitemapMost, ct);
        var bytes = Xml(xml =>
        {
            xml.WriteStartElement("urlset", "http://www.sitemaps.org/schemas/sitemap/0.9");
            foreach (var url in new[] { address.Page, address.At("archive") }.Concat(issues.Select(i => address.At($"archive/{i.Slug}")))) WriteUrl(xml, url);
            xml.WriteEndElement();
        });
        return Cached(bytes, "application/xml; charset=utf-8", issues.Max(i => i.PublishedAt));
    }

    private static void WriteUrl(XmlWriter xml, string url)
    {
        xml.WriteStartElement("url");
        xml.WriteElementString("loc", url);
        xml.WriteEndElement();
    }

    private static byte[] AtomOf(Feed feed) => Xml(xml =>
    {
        var p = feed.Row.Document;
        xml.WriteStartElement("feed", Atom);
        xml.WriteAttributeString("xml", "lang", null, p.Lang);
        xml.WriteElementString("id", feed.Address.Page);
        xml.WriteElementString("title", p.Name);
        if (p.Tagline is { } tagline) xml.WriteElementString("subtitle", tagline);
        xml.WriteElementString("updated", Instant(feed.Entries.Max(e => (DateTimeOffset?)e.UpdatedAt) ?? feed.Row.CreatedAt));
        Link(xml, "self", feed.Address.At("feed.xml"), "application/atom+xml");
        Link(xml, "alternate", feed.Address.Page, "text/html");
        xml.WriteStartElement("author");
        xml.WriteElementString("name", p.Organisation.Name ?? p.Name);
        xml.WriteEndElement();
        foreach (var entry in feed.Entries) WriteEntry(xml, entry);
        xml.WriteEndElement();
    });

    private static void WriteEntry(XmlWriter xml, Entry entry)
    {
        xml.WriteStartElement("entry");
        xml.WriteElementString("id", entry.Url);
        xml.WriteElementString("title", Clean(entry.Issue.Title));
        xml.WriteElementString("published", Instant(entry.Issue.PublishedAt ?? entry.Issue.ChangedAt));
        xml.WriteElementString("updated", Instant(entry.UpdatedAt));
        Link(xml, "alternate", entry.Url, "text/html");
        xml.WriteElementString("summary", Clean(entry.Issue.Preheader));
        xml.WriteStartElement("content");
        xml.WriteAttributeString("type", "html");
        xml.WriteString(Clean(entry.Html));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string rel, string href, string type)
    {
        xml.WriteStartElement("link");
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", href);
        xml.WriteEndElement();
    }

    private static byte[] JsonOf(Feed feed) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        version = "https://jsonfeed.org/version/1.1", title = feed.Row.Document.Name, home_page_url = feed.Address.Page, feed_url = feed.Address.At("feed.json"),
        description = feed.Row.Document.Tagline ?? "", language = feed.Row.Document.Lang,
        items = feed.Entries.Select(e => new
        {
            id = e.Url, url = e.Url, title = e.Issue.Title, summary = e.Issue.Preheader, content_html = e.Html, language = e.Issue.Lang,
            date_published = Instant(e.Issue.PublishedAt ?? e.Issue.ChangedAt), date_modified = Instant(e.UpdatedAt),
        }),
    }, Json);

    private static byte[] Xml(Action<XmlWriter> write)
    {
        using var memory = new MemoryStream();
        using (var xml = XmlWriter.Create(memory, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true })) write(xml);
        return memory.ToArray();
    }

    // XML 1.0 has no place for most control characters, escaped or not.
    private static string Clean(string text) => text.All(XmlConvert.IsXmlChar) ? text : new string([.. text.Where(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c))]);

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // Asked again with If-None-Match or If-Modified-Since, the framework answers 304.
    private static IResult Cached(byte[] bytes, string type, DateTimeOffset? changed) => TypedResults.File(
        bytes, type, lastModified: changed, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\""));

    private sealed record Feed(PublicationRow Row, PublicAddress Address, IReadOnlyList<Entry> Entries);

    private sealed record Entry(ArchivedIssue Issue, string Url, string Html, DateTimeOffset? CorrectedAt)
    {
        public DateTimeOffset UpdatedAt => CorrectedAt ?? Issue.PublishedAt ?? Issue.ChangedAt;
    }
}
