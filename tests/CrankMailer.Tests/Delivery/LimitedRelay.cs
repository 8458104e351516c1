using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CrankMailer.Tests.Delivery;

/// <summary>A relay that takes so many connections at once, and turns every further one away at the greeting.</summary>
internal sealed class LimitedRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _sessions = [];
    private readonly int _limit;
    private readonly Task _accepting;
    private int _open;
    private int _taken;
    private int _turnedAway;

    public LimitedRelay(int limit)
    {
        _limit = limit;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public int Taken => Volatile.Read(ref _taken);

    public int TurnedAway => Volatile.Read(ref _turnedAway);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_sessions);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _sessions.Add(Task.Run(() => ServeAsync(client)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        var open = Interlocked.Increment(ref _open);
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { AutoFlush = true, NewLine = "\r\n" };
            if (open > _limit)
            {
                Interlocked.Increment(ref _turnedAway);
                await writer.WriteLineAsync("421 4.7.0 Too many connections from you");
                return;
            }
            await writer.WriteLineAsync("220 limited.test ESMTP");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                var command = line[..Math.Min(4, line.Length)].ToUpperInvariant();
                if (command == "DATA")
                {
                    await writer.WriteLineAsync("354 Go on");
                    while (await reader.ReadLineAsync(_stop.Token) is { } text && text != ".") { }
                    Interlocked.Increment(ref _taken);
                }
                await writer.WriteLineAsync(command == "QUIT" ? "221 Bye" : "250 2.0.0 Ok");
                if (command == "QUIT") return;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client went away, or the test is over.
        }
        finally
        {
            client.Dispose();
            Interlocked.Decrement(ref _open);
        }
    }
}
