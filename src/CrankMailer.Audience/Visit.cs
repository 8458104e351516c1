using System.Net;
using System.Net.Sockets;

namespace CrankMailer.Audience;

/// <summary>Who presses a button on a public page, as far as it is kept with a consent (R160).</summary>
public sealed record Visit
{
    private const int MaxUserAgent = 200;

    /// <param name="source">Where the choice was made: <c>form:harbor-brief</c>, <c>link</c>, <c>one-click</c>, <c>console</c>.</param>
    public Visit(string source, IPAddress? address = null, string? userAgent = null)
    {
        Source = source;
        Network = address is null ? null : NetworkOf(address);
        UserAgent = string.IsNullOrWhiteSpace(userAgent) ? null : userAgent.Length > MaxUserAgent ? userAgent[..MaxUserAgent] : userAgent;
    }

    public string Source { get; }

    /// <summary>The address cut to /24 or /48 (R154); also the key of the rate limits.</summary>
    public string? Network { get; }

    public string? UserAgent { get; }

    private static string NetworkOf(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        var kept = plain.AddressFamily == AddressFamily.InterNetwork ? 3 : 6;
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }
}
