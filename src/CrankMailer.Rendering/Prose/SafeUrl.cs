using System.Globalization;
using System.Text;

namespace CrankMailer.Rendering.Prose;

/// <summary>Only http(s), mailto and tel links leave this house (R125); everything else is printed as text and reported.</summary>
internal static class SafeUrl
{
    private static readonly IdnMapping Idn = new();

    /// <summary>
    /// The address with everything percent-encoded that may not stand in one, or null when it is no absolute http(s), mailto or tel
    /// address. Hole markers pass where phase 2 lets a hole stand: not in scheme or host, unless the whole address is one of our own links.
    /// </summary>
    public static string? Find(string? url, HoleBag? holes = null)
    {
        var text = WithoutBreaks(url).Trim();
        if (text.Length == 0) return null;
        if (holes?.Find(text, 0) is { } hole) return IsOwnLink(hole.Code) && text.IndexOfAny([Markers.HoleEnd, Markers.AttributeHoleEnd]) == text.Length - 1 ? text : null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return null;
        return text[..colon].ToLowerInvariant() switch
        {
            "http" or "https" => Web(text, colon),
            "mailto" => text.Length > 7 && text.AsSpan(7).IndexOf('@') > 0 ? "mailto:" + Encode(text[7..]) : null,
            "tel" => text.Length > 4 ? "tel:" + Encode(text[4..]) : null,
            _ => null,
        };
    }

    // In an address every `{` is encoded, so nothing of it can become code; the markers of holes stay.
    private static string Encode(string part)
    {
        var encoded = new StringBuilder(part.Length);
        Span<byte> bytes = stackalloc byte[4];
        var at = 0;
        foreach (var rune in part.EnumerateRunes())
        {
            var isEscape = rune.Value != '%' || at + 2 < part.Length && char.IsAsciiHexDigit(part[at + 1]) && char.IsAsciiHexDigit(part[at + 2]);
            at += rune.Utf16SequenceLength;
            if (isEscape && IsUrlRune(rune)) { encoded.Append((char)rune.Value); continue; }
            var length = rune.EncodeToUtf8(bytes);
            for (var i = 0; i < length; i++) encoded.Append(CultureInfo.InvariantCulture, $"%{bytes[i]:X2}");
        }
        return encoded.ToString();
    }

    // RFC 3986 §2.2, 2.3 and "%"; an apostrophe is encoded so that no quoting of attributes can be left.
    private static bool IsUrlRune(Rune rune) =>
        rune.Value is >= Markers.HoleStart and <= Markers.AttributeHoleEnd
        || rune.IsAscii && (Rune.IsLetterOrDigit(rune) || "-._~:/?#[]@!$&()*+,;=%".Contains((char)rune.Value, StringComparison.Ordinal));

    private static string? Web(string text, int colon)
    {
        if (text.Length < colon + 4 || text[colon + 1] != '/' || text[colon + 2] != '/') return null;
        var start = colon + 3;
        var end = text.IndexOfAny(['/', '?', '#', '\\'], start);
        var authority = end < 0 ? text[start..] : text[start..end];
        if (authority.Contains('@') || Host(authority) is not { } host) return null; // user info is a phisher's tool
        var rest = end < 0 ? "" : Encode(text[end..].Replace('\\', '/'));
        var url = $"{text[..colon].ToLowerInvariant()}://{host}{rest}";
        return Uri.TryCreate(url.Replace(Markers.HoleStart, '0').Replace(Markers.HoleEnd, '0'), UriKind.Absolute, out _) ? url : null;
    }

    private static string? Host(string authority)
    {
        if (authority.Length == 0) return null;
        try
        {
            var colon = authority.LastIndexOf(':');
            var isPort = colon >= 0 && authority.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0;
            var host = isPort ? authority[..colon] : authority;
            var name = host.StartsWith('[') ? host : Idn.GetAscii(host);
            return Uri.CheckHostName(name.Trim('[', ']')) == UriHostNameType.Unknown ? null : name.ToLowerInvariant() + (isPort ? authority[colon..] : "");
        }
        catch (ArgumentException) // IdnMapping's only way to say that a name is none
        {
            return null;
        }
    }

    private static bool IsOwnLink(string code) => code.StartsWith("links.", StringComparison.Ordinal) && code.AsSpan(6).IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz_") < 0;

    // Tabs and line ends inside an address are dropped, as browsers do.
    private static string WithoutBreaks(string? url) => url is null ? "" : url.Replace("\t", "").Replace("\n", "").Replace("\r", "");
}
