using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace CrankMailer.Hosting;

/// <summary>The addresses of <c>--urls</c>, looked at before anything is started: a pump must not send for a process that cannot listen.</summary>
internal static class ListenAddresses
{
    private const string Localhost = "localhost";

    public static string[] Split(string? urls) => (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <returns>What is wrong with how they are written, and how to mend it; null where nothing is.</returns>
    public static string? Fault(string? urls)
    {
        var addresses = Split(urls);
        if (addresses.Length == 0) return "--urls names no address; write http://localhost:5080";
        return addresses.Select(FaultOf).FirstOrDefault(fault => fault is not null);
    }

    /// <returns>Why one of them cannot be listened on now; null where all can.</returns>
    public static string? Refusal(string urls) => Split(urls).Select(RefusalOf).FirstOrDefault(refusal => refusal is not null);

    private static string? FaultOf(string url)
    {
        if (Parse(url) is not { } address || address.Scheme.ToLowerInvariant() is not ("http" or "https") || address.Host.Length == 0 || address.Port is < 0 or > IPEndPoint.MaxPort || address.Host.Any(c => char.IsWhiteSpace(c) || c == ':' && address.Host[0] != '['))
            return $"--urls: '{url}' is no address; write http://localhost:5080";
        if (address.PathBase.Length > 0) return $"--urls: '{url}' has a path, and it takes only an address; write {address.Scheme}://{address.Host}:{address.Port}";
        // The web server would have to find one port that is free on both of localhost's addresses.
        if (address.Port == 0 && IsLocalhost(address)) return $"--urls: '{url}': for a port that the system chooses write http://127.0.0.1:0";
        return null;
    }

    private static string? RefusalOf(string url)
    {
        if (Parse(url) is not { } address || address.IsUnixPipe || address.Port == 0) return null;
        IPAddress[] bound = IsLocalhost(address) ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : IPAddress.TryParse(address.Host, out var ip) ? [ip] : [IPAddress.IPv6Any];
        return bound.Select(at => Try(new IPEndPoint(at, address.Port))).Select(error => error switch
        {
            SocketError.AddressAlreadyInUse => $"{url} is taken by another program: stop it, or choose another with --urls",
            SocketError.AccessDenied => $"{url}: the system does not let this user listen on port {address.Port}; choose one above 1023 with --urls",
            SocketError.AddressNotAvailable when !IsLocalhost(address) => $"{url} is no address of this machine; choose another with --urls",
            _ => null, // what else there is, such as a machine without IPv6, the web server knows better
        }).FirstOrDefault(refusal => refusal is not null);
    }

    private static SocketError? Try(IPEndPoint at)
    {
        try
        {
            using var socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (at.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            socket.Bind(at);
            return null;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode;
        }
    }

    private static bool IsLocalhost(BindingAddress address) => address.Host.Equals(Localhost, StringComparison.OrdinalIgnoreCase);

    private static BindingAddress? Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (Exception error) when (error is FormatException or ArgumentException) // there is no Try form
        {
            return null;
        }
    }
}
