using Microsoft.AspNetCore.HttpOverrides;

namespace CrankMailer.Hosting;

/// <summary>
/// The visitor's address and scheme behind a reverse proxy. Only a known proxy is believed: brakes and consent records go by the address,
/// and anybody can write the header.
/// </summary>
internal static class KnownProxies
{
    public static void UseKnownProxies(this WebApplication app)
    {
        var proxies = app.Configuration.GetSection(ProxyOptions.Section).Get<ProxyOptions>() ?? new ProxyOptions();
        var networks = ProxyOptions.TryRead(proxies.Known, out _) ?? [];
        if (networks.Count == 0)
        {
            app.Use(WarnOnce(app.Logger));
            return;
        }
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownIPNetworks.Clear(); // the framework believes loopback unasked
        options.KnownProxies.Clear();
        foreach (var network in networks) options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    private static Func<HttpContext, RequestDelegate, Task> WarnOnce(ILogger log)
    {
        var warned = 0;
        return (http, next) =>
        {
            if (http.Request.Headers.ContainsKey("X-Forwarded-For") && Interlocked.Exchange(ref warned, 1) == 0) log.UnknownProxy(http.Connection.RemoteIpAddress);
            return next(http);
        };
    }
}
