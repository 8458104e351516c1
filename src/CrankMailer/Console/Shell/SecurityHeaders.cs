namespace CrankMailer.Console.Shell;

/// <summary>Headers of every page that does not set its own. No inline script or style runs in the console, so markup that slipped through does nothing.</summary>
internal static class SecurityHeaders
{
    /// <summary>Pages of ours.</summary>
    public const string ConsolePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>A mail shown in a frame: its own inline styles and pictures from anywhere; no script, no form. Same origin lets our own page change its content while its reader scrolls; without scripts it can do nothing with it.</summary>
    public const string MailPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: https: http:; font-src https: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

    /// <summary>The same with every picture refused: the preview "images off".</summary>
    public const string MailWithoutImagesPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            headers.TryAdd("Referrer-Policy", "same-origin");
            headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
            headers.TryAdd("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
            if (http.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true) headers.TryAdd("Content-Security-Policy", ConsolePolicy);
            return Task.CompletedTask;
        });
        return next(http);
    });
}
