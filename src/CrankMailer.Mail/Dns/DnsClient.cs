using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace CrankMailer.Mail.Dns;

/// <summary>Asks the machine's name servers: over UDP, over TCP where the answer is long, the next server where one is silent. Keeps
/// answers as long as they say, an hour at most. For any number of threads at once.</summary>
public sealed class DnsClient(IReadOnlyList<IPEndPoint> servers, TimeProvider clock) : IDnsLookup
{
    private const int Port = 53;

    /// <summary>Rounds over all servers: one lost datagram is no failure.</summary>
    private const int Rounds = 2;

    private const int MostKept = 2000;

    private static readonly TimeSpan LongestKept = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<(string Name, DnsType Type), (IReadOnlyList<DnsRecord> Records, DateTimeOffset Until)> kept = new();

    /// <summary>How long one server is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The name servers this machine is set up with.</summary>
    public static IReadOnlyList<IPEndPoint> MachineServers() =>
        [.. NetworkInterface.GetAllNetworkInterfaces().Where(card => card.OperationalStatus == OperationalStatus.Up)
            .SelectMany(card => card.GetIPProperties().DnsAddresses).Where(address => !address.IsIPv6SiteLocal).Distinct().Select(address => new IPEndPoint(address, Port))];

    /// <summary>A server as people write it: an address, with a port where it is not 53.</summary>
    public static IPEndPoint? FindServer(string text) =>
        !IPEndPoint.TryParse(text, out var place) ? null : place.Port > 0 ? place : new IPEndPoint(place.Address, Port);

    public async Task<IReadOnlyList<DnsRecord>> AskAsync(string name, DnsType type, CancellationToken ct)
    {
        name = name.TrimEnd('.').ToLowerInvariant();
        var now = clock.GetUtcNow();
        if (kept.TryGetValue((name, type), out var known) && known.Until > now) return known.Records;
        if (servers.Count == 0) throw new DnsFailureException("This machine has no name server set up.");
        var failure = "";
        for (var n = 0; n < Rounds * servers.Count; n++)
        {
            try
            {
                var (records, seconds) = await AskAsync(servers[n % servers.Count], name, type, ct);
                if (kept.Count >= MostKept) kept.Clear();
                kept[(name, type)] = (records, now + TimeSpan.FromSeconds(Math.Min(seconds, LongestKept.TotalSeconds)));
                return records;
            }
            catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
            {
                failure = e is OperationCanceledException ? string.Create(CultureInfo.InvariantCulture, $"{servers[n % servers.Count]} does not answer") : $"{servers[n % servers.Count]}: {e.Message}";
            }
        }
        throw new DnsFailureException($"{name} cannot be looked up now: {failure}.");
    }

    private async Task<(IReadOnlyList<DnsRecord> Records, uint Seconds)> AskAsync(IPEndPoint server, string name, DnsType type, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var question = DnsMessage.Ask((ushort)RandomNumberGenerator.GetInt32(65536), name, type);
        var (verdict, records, seconds) = await AskByUdpAsync(server, question, type, patience.Token);
        if (verdict == DnsMessage.Verdict.Truncated) (verdict, records, seconds) = await AskByTcpAsync(server, question, type, patience.Token);
        return verdict switch
        {
            DnsMessage.Verdict.Answer => (records, records.Count > 0 ? seconds : 60),
            DnsMessage.Verdict.NoSuchName => ([], 60),
            _ => throw new IOException("the name server gives no answer that can be used"),
        };
    }

    private static async Task<(DnsMessage.Verdict, List<DnsRecord>, uint)> AskByUdpAsync(IPEndPoint server, byte[] question, DnsType type, CancellationToken ct)
    {
        // Connected: the kernel drops what comes from anybody else; a new socket has a new random port (RFC 5452).
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, ct);
        await socket.SendAsync(question, ct);
        var answer = new byte[4096];
        while (true)
        {
            var length = await socket.ReceiveAsync(answer, ct);
            var verdict = DnsMessage.Read(answer.AsSpan(0, length), question, type, out var records, out var seconds);
            if (verdict != DnsMessage.Verdict.NotForUs) return (verdict, records, seconds);
        }
    }

    private static async Task<(DnsMessage.Verdict, List<DnsRecord>, uint)> AskByTcpAsync(IPEndPoint server, byte[] question, DnsType type, CancellationToken ct)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, ct);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync((byte[])[(byte)(question.Length >> 8), (byte)question.Length, .. question], ct);
        var prefix = new byte[2];
        await stream.ReadExactlyAsync(prefix, ct);
        var answer = new byte[prefix[0] << 8 | prefix[1]];
        await stream.ReadExactlyAsync(answer, ct);
        var verdict = DnsMessage.Read(answer, question, type, out var records, out var seconds);
        return (verdict, records, seconds);
    }
}
