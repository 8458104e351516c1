using System.Buffers;
using System.Net;
using System.Text;
using CrankMailer.Scriban.Personal;

namespace CrankMailer.Public;

/// <summary>An edition as a web page: what was mailed, with every personal hole closed and every personal link gone (R131).</summary>
internal static class WebIssue
{
    private const string WayStyle =
        "<style>.cm-way{padding:12px 16px;text-align:center;font:15px/1.8 system-ui,-apple-system,'Segoe UI',sans-serif;color:#3c424b}.cm-way a{color:inherit;margin:0 10px}"
        + "@media(prefers-color-scheme:dark){.cm-way{color:#c3c8d0}}</style>";

    /// <param name="html">The edition's HTML.</param>
    /// <param name="archive">Absolute address of the archive.</param>
    /// <param name="head">Markup for the head, already escaped.</param>
    /// <param name="top">Markup above the mail, already escaped.</param>
    /// <returns>Null where the edition cannot be compiled: it was never sendable.</returns>
    public static string? Of(string html, string archive, string head, string top = "")
    {
        var template = PersonalTemplate.Compile(html, new PersonalSyntax());
        if (template.Errors.Count > 0) return null;
        var bytes = new ArrayBufferWriter<byte>(html.Length + 1024);
        template.Write(new Nobody(archive), bytes);
        var page = Encoding.UTF8.GetString(bytes.WrittenSpan);
        var body = page.IndexOf("<body", StringComparison.OrdinalIgnoreCase);
        if (body >= 0 && page.IndexOf('>', body) is > 0 and var open) page = page.Insert(open + 1, top);
        var end = page.IndexOf("</head>", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? page : page.Insert(end, head);
    }

    /// <summary>The way on for somebody who came by a shared link: the publication, its past issues, its sign-up.</summary>
    public static string Way(string label, params IEnumerable<(string Url, string Text)> links)
    {
        var anchors = string.Concat(links.Select(l => $"""<a href="{Escape(l.Url)}">{Escape(l.Text)}</a> """));
        return $"""{WayStyle}<nav class="cm-way" aria-label="{Escape(label)}">{anchors}</nav>""";
    }

    /// <summary>Card for networks that show a link as a picture and a line.</summary>
    public static string Card(string title, string description, string url, string? image, string site) =>
        $"""
        <link rel="canonical" href="{Escape(url)}"><meta name="description" content="{Escape(description)}"><meta property="og:type" content="article"><meta property="og:site_name" content="{Escape(site)}"><meta property="og:title" content="{Escape(title)}"><meta property="og:description" content="{Escape(description)}"><meta property="og:url" content="{Escape(url)}"><meta name="twitter:card" content="{(image is null ? "summary" : "summary_large_image")}">{(image is null ? "" : $"<meta property=\"og:image\" content=\"{Escape(image)}\">")}
        """;

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private sealed class Nobody(string archive) : IPersonalValues
    {
        public PersonalValue Find(string path) => path == "links.archive" ? PersonalValue.Of(archive) : PersonalValue.None;
    }
}

/// <summary>A mail shown as a page: its inline styles and pictures, no script, no form.</summary>
internal sealed class IssueResult(string html, bool index, bool personalLink) : IResult
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https: data:; font-src https: data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    public Task ExecuteAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = personalLink ? "no-referrer" : "strict-origin-when-cross-origin";
        headers.CacheControl = personalLink ? "no-store" : "public, max-age=300";
        if (!index) headers["X-Robots-Tag"] = "noindex";
        http.Response.ContentType = "text/html; charset=utf-8";
        var bytes = Encoding.UTF8.GetBytes(html);
        http.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }
}
