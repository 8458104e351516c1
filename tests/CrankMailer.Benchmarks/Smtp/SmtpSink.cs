using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CrankMailer.Benchmarks.Smtp;

/// <summary>A relay that takes messages and throws them away: Debian's smtp-sink, one for each run. It ends by itself with the message after the expected ones, so
/// that it tells, at no cost while it works, whether exactly so many arrived.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Process _process;

    private SmtpSink(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public static async Task<SmtpSink> StartAsync(PostfixTools tools, int messages, CancellationToken ct)
    {
        var port = FreePort();
        // It refuses to run as root.
        string[] user = Environment.IsPrivilegedProcess ? ["-u", "nobody"] : [];
        var process = tools.Start("smtp-sink", ["-4", "-M", (messages + 1).ToString(), .. user, $"127.0.0.1:{port}", "128"]);
        var sink = new SmtpSink(process, port);
        for (var since = Stopwatch.StartNew(); since.Elapsed < Patience && !process.HasExited; await Task.Delay(5, ct)) // the polling step
        {
            using var socket = await sink.TryConnectAsync(ct);
            if (socket is not null) return sink;
        }
        await sink.DisposeAsync();
        throw new InvalidOperationException("smtp-sink does not listen.");
    }

    /// <summary>Sends the one more message that ends it.</summary>
    /// <returns>Null where exactly the expected messages came.</returns>
    public async Task<string?> FindProblemAsync(CancellationToken ct)
    {
        using var socket = await TryConnectAsync(ct);
        if (socket is null) return "more messages arrived than were sent";
        await socket.SendAsync("HELO benchmark\r\nMAIL FROM:<>\r\nRCPT TO:<last@example.org>\r\nDATA\r\n.\r\n"u8.ToArray(), ct);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return "messages are missing";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<Socket?> TryConnectAsync(CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Port), ct);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
