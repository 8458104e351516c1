namespace CrankMailer.Console.Shell;

/// <summary>Addresses to go back to that came from outside: only paths of our own.</summary>
internal static class LocalUrl
{
    public static string Or(string? url, string otherwise) =>
        url is ['/', not ('/' or '\\'), ..] && !url.Any(char.IsControl) ? url : otherwise;

    public static string FromReferrer(HttpContext http, string otherwise) =>
        Uri.TryCreate(http.Request.Headers.Referer, UriKind.Absolute, out var uri) && uri.Authority == http.Request.Host.Value ? Or(uri.PathAndQuery, otherwise) : otherwise;
}
