using System.Net;
using System.Net.Sockets;

namespace CrankMailer.Mail.Smtp;

/// <summary>A TCP connection to the first address of a name that takes one: IPv6 and IPv4 in turn, the next one begun when one fails or is silent
/// for a moment, and the first that answers is kept (RFC 8305, in small).</summary>
internal sealed class TcpDialler(int port, IPAddress? local, TimeProvider clock)
{
    /// <summary>RFC 8305 8: how far an address is ahead of the next.</summary>
    private static readonly TimeSpan Head = TimeSpan.FromMilliseconds(250);

    /// <exception cref="SocketException">The name has no address, or none takes a connection; the message names each.</exception>
    public async Task<Socket> ConnectAsync(string host, CancellationToken ct) =>
        await ConnectAsync(IPAddress.TryParse(host, out var address) ? [address] : await System.Net.Dns.GetHostAddressesAsync(host, ct), ct);

    /// <param name="addresses">The better ones first.</param>
    public async Task<Socket> ConnectAsync(IReadOnlyList<IPAddress> addresses, CancellationToken ct)
    {
        var waiting = new Queue<IPAddress>(InTurn(addresses.Where(CanReach)));
        if (waiting.Count == 0) throw new SocketException((int)SocketError.AddressFamilyNotSupported);
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var calling = new List<Task<Call>>();
        var failed = new List<Call>();
        try
        {
            while (waiting.Count > 0 || calling.Count > 0)
            {
                if (waiting.TryDequeue(out var address)) calling.Add(CallAsync(address, rest.Token));
                if (await FirstAsync(calling, waiting.Count > 0, rest.Token) is not { } ended) continue;
                calling.Remove(ended);
                var call = await ended;
                if (call.Socket is { } connected) return connected;
                failed.Add(call);
            }
        }
        finally
        {
            await rest.CancelAsync();
            foreach (var late in await Task.WhenAll(calling)) late.Socket?.Dispose();
        }
        ct.ThrowIfCancellationRequested();
        throw new NobodyAnswersException(failed.ConvertAll(call => (call.Address, call.Error)));
    }

    /// <returns>Null when it is time for the next address.</returns>
    private async Task<Task<Call>?> FirstAsync(List<Task<Call>> calling, bool more, CancellationToken ct)
    {
        var any = Task.WhenAny(calling);
        if (more) await Task.WhenAny(any, Task.Delay(Head, clock, ct));
        else await any;
        return any.IsCompleted ? await any : null;
    }

    private async Task<Call> CallAsync(IPAddress address, CancellationToken ct)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Commands are written whole; waiting for more would only cost round trips.
            socket.NoDelay = true;
            // A reply may take ten minutes; what stands between drops connections that are silent for less, and then we want to know.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
            if (local is not null) socket.Bind(new IPEndPoint(local, 0));
            await socket.ConnectAsync(new IPEndPoint(address, port), ct);
            return new Call(address, socket, SocketError.Success);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            return new Call(address, null, e.SocketErrorCode);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            return new Call(address, null, SocketError.OperationAborted);
        }
    }

    private bool CanReach(IPAddress address) =>
        (local is null || local.AddressFamily == address.AddressFamily) && (address.AddressFamily == AddressFamily.InterNetwork ? Socket.OSSupportsIPv4 : Socket.OSSupportsIPv6);

    /// <summary>The families in turn, beginning with that of the first: where one does not work at all, half of the addresses would be tried in vain.</summary>
    private static IEnumerable<IPAddress> InTurn(IEnumerable<IPAddress> addresses)
    {
        var families = addresses.GroupBy(address => address.AddressFamily).Select(family => family.ToList()).ToList();
        for (var n = 0; n < families.Select(family => family.Count).DefaultIfEmpty().Max(); n++)
            foreach (var family in families)
                if (n < family.Count) yield return family[n];
    }

    private sealed record Call(IPAddress Address, Socket? Socket, SocketError Error);

    private sealed class NobodyAnswersException(IReadOnlyList<(IPAddress Address, SocketError Error)> calls) : SocketException((int)calls[^1].Error)
    {
        public override string Message => string.Join("; ", calls.Select(call => $"{call.Address}: {new SocketException((int)call.Error).Message}"));
    }
}
