using System.Diagnostics.CodeAnalysis;

namespace CrankMailer.Mail.Headers;

/// <summary>A URI as it stands in angle brackets in a list header (RFC 2369, R40, R47): absolute and ASCII, a host of another script as
/// A-labels (R73), other characters percent-encoded. It cannot hold white space, control characters or angle brackets (R9).</summary>
public sealed record HeaderUri
{
    /// <summary>RFC 6068 2 allows more; these can never be taken for anything else.</summary>
    private const string PlainInMailto = "!$'*+-._~";

    private HeaderUri(string value) => Value = value;

    public string Value { get; }

    public static HeaderUri Create(string uri) =>
        TryCreate(uri, out var made, out var problem) ? made : throw new ArgumentException(problem, nameof(uri));

    /// <summary>A page: http or https. An address is written by <see cref="Mailto"/>.</summary>
    public static bool TryCreate(string uri, [NotNullWhen(true)] out HeaderUri? made, [NotNullWhen(false)] out string? problem)
    {
        made = null;
        problem = null;
        if (HeaderText.HasControl(uri))
            problem = "A web address may not hold line breaks or other control characters.";
        else if (!Uri.TryCreate(uri, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("https" or "http") || parsed.Host.Length == 0)
            problem = $"\"{uri}\" is no web address: begin it with https://.";
        else if (parsed.UserInfo.Length > 0)
            problem = "A web address in a header may not hold a user name or password.";
        else
            made = new HeaderUri(ToAscii(parsed));
        return made is not null;
    }

    public static HeaderUri Mailto(EmailAddress address)
    {
        var local = new System.Text.StringBuilder();
        foreach (var octet in System.Text.Encoding.UTF8.GetBytes(address.LocalPart))
            _ = char.IsAsciiLetterOrDigit((char)octet) || PlainInMailto.Contains((char)octet, StringComparison.Ordinal) ? local.Append((char)octet) : local.Append('%').Append((char)Hex.Upper(octet >> 4)).Append((char)Hex.Upper(octet & 15));
        return new HeaderUri($"mailto:{local}@{address.Domain}");
    }

    public override string ToString() => Value;

    private static string ToAscii(Uri uri)
    {
        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        var port = uri.IsDefaultPort ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $":{uri.Port}");
        return $"{uri.Scheme}://{host}{port}{uri.GetComponents(UriComponents.PathAndQuery | UriComponents.Fragment, UriFormat.UriEscaped)}";
    }
}
