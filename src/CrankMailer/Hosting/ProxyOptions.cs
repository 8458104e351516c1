using System.Net;

namespace CrankMailer.Hosting;

/// <summary>Which machines in front of us are believed when they say whom they speak for (design §8). Nothing set: nobody is.</summary>
internal sealed class ProxyOptions
{
    public const string Section = "Proxies";

    /// <summary>Addresses and networks of reverse proxies, parted by blanks, commas or semicolons: <c>10.0.0.7 172.16.0.0/12</c>.</summary>
    public string Known { get; init; } = "";

    /// <returns>Null where one is neither an address nor a network.</returns>
    public static IReadOnlyList<IPNetwork>? TryRead(string text, out string? wrong)
    {
        var networks = new List<IPNetwork>();
        wrong = null;
        foreach (var part in text.Split([' ', ',', ';', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            // The framework reads "10.1" as 10.0.0.1, which nobody means.
            if (!part.Contains(':') && part.Count(c => c == '.') != 3) wrong ??= part;
            else if (IPNetwork.TryParse(part, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(part, out var address)) networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else wrong ??= part;
        }
        return wrong is null ? networks : null;
    }
}
