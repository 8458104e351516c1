using System.Net;
using CrankMailer.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace CrankMailer.Tests.Hosting;

public sealed class KnownProxiesTests
{
    [Theory]
    [InlineData("", "127.0.0.1 http")]
    [InlineData("10.0.0.0/8", "127.0.0.1 http")]
    [InlineData("127.0.0.0/8", "203.0.113.9 https")]
    [InlineData("10.1.1.1 127.0.0.1", "203.0.113.9 https")]
    public async Task Only_a_known_proxy_is_believed(string known, string seen)
    {
        var ct = TestContext.Current.CancellationToken;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Configuration.AddInMemoryCollection([new("Proxies:Known", known)]);
        await using var app = builder.Build();
        app.UseKnownProxies();
        app.MapGet("/", (HttpContext http) => $"{http.Connection.RemoteIpAddress} {http.Request.Scheme}");
        await app.StartAsync(ct);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, app.Urls.First());
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("X-Forwarded-Proto", "https");
        Assert.Equal(seen, await (await client.SendAsync(request, ct)).Content.ReadAsStringAsync(ct));
    }
}
