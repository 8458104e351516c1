using System.Net;

namespace CrankMailer.Scriban.Personal;

/// <summary>Judges a hole inside a URL by the literal text before it.</summary>
internal static class UrlPlace
{
    /// <summary>Schemes whose URLs may carry a hole. javascript: and data: would let a value become code.</summary>
    private static readonly string[] Schemes = ["https", "http", "mailto", "tel", "sms"];

    /// <summary>Stands in a prefix for a whole URL of ours.</summary>
    public const char WholeUrl = '\u0001';

    /// <summary>Stands in a prefix for any other value.</summary>
    public const char Value = 'x';

    /// <summary>Why no hole may stand behind this beginning of a URL, or null where one may. Prefix is the attribute's text so far.</summary>
    public static string? Refusal(string prefix, IReadOnlyCollection<string>? hosts)
    {
        var text = WebUtility.HtmlDecode(prefix).TrimStart();
        if (text.Length == 0) return "Only a whole link of ours may begin a URL; another value can stand behind the host";
        if (text[0] is '?' or '#') return null;
        if (text[0] == WholeUrl) return text.AsSpan().IndexOfAny("/?#&") >= 0 ? null : "Between a link and a value there must be one of / ? & #";
        if (text[0] is '/' or '\\') return StartsAuthority(text) ? Host(text[2..], hosts) : null;
        var scheme = text.IndexOf(':');
        var path = text.AsSpan().IndexOfAny("/?#");
        if (scheme < 0 || path >= 0 && path < scheme) return path >= 0 ? null : "A personal value cannot stand in the scheme or host of a URL";
        if (!Schemes.Contains(text[..scheme].ToLowerInvariant())) return $"A URL that begins with `{text[..scheme]}:` cannot carry a personal value";
        var rest = text[(scheme + 1)..];
        return StartsAuthority(rest) ? Host(rest[2..], hosts) : null;
    }

    private static bool StartsAuthority(string text) => text.Length > 1 && text[0] is '/' or '\\' && text[1] is '/' or '\\';

    private static string? Host(string text, IReadOnlyCollection<string>? hosts)
    {
        var end = text.AsSpan().IndexOfAny("/?#\\");
        if (end < 0) return "A personal value cannot stand in the scheme or host of a URL";
        var host = text[..end];
        host = host[(host.LastIndexOf('@') + 1)..];
        if (hosts is null || hosts.Contains(host, StringComparer.OrdinalIgnoreCase)) return null;
        var name = host.Split(':')[0];
        return hosts.Contains(name, StringComparer.OrdinalIgnoreCase) ? null
            : $"A link to `{host}` may not carry a personal value, unless an owner allows that host";
    }
}
