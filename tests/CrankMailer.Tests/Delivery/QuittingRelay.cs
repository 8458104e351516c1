using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CrankMailer.Tests.Delivery;

/// <summary>A relay that gives up in the middle: after so many messages it ends every connection at the next MAIL command, and takes no new one.</summary>
internal sealed class QuittingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _sessions = [];
    private readonly int _messages;
    private readonly bool _resets;
    private readonly Task _accepting;

    /// <param name="resets">True: a reset of the connection; false: 421 and a close.</param>
    public QuittingRelay(int messages, bool resets)
    {
        (_messages, _resets) = (messages, resets);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public ConcurrentQueue<string> Taken { get; } = new();

    private bool HasQuit => Taken.Count >= _messages;

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
                if (_resets) client.Client.LingerState = new LingerOption(true, 0); // closes with RST
                if (HasQuit) client.Dispose();
                else _sessions.Add(Task.Run(() => ServeAsync(client)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync("220 quitting.test ESMTP");
            var recipient = "";
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                var command = line[..Math.Min(4, line.Length)].ToUpperInvariant();
                if (command == "MAIL" && HasQuit)
                {
                    if (!_resets) await writer.WriteLineAsync("421 4.3.2 Closing for maintenance");
                    break;
                }
                if (command == "RCPT") recipient = line[(line.IndexOf('<') + 1)..line.IndexOf('>')];
                if (command == "DATA")
                {
                    await writer.WriteLineAsync("354 Go on");
                    while (await reader.ReadLineAsync(_stop.Token) is { } text && text != ".") { }
                    Taken.Enqueue(recipient);
                }
                await writer.WriteLineAsync(command == "QUIT" ? "221 Bye" : "250 2.0.0 Ok");
                if (command == "QUIT") break;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client went away, or the test is over.
        }
        client.Dispose();
    }
}
