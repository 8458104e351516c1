using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Mail.Listener;

/// <summary>An SMTP server in our own process: for the capture of demonstrations, for tests, and for returned mail.</summary>
public sealed class SmtpListener : IAsyncDisposable
{
    private readonly SmtpListenerOptions options;
    private readonly ISmtpMailHandler handler;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly Socket socket;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<long, Session> sessions = new();
    private readonly Task accepting;
    private long lastSession;

    private SmtpListener(SmtpListenerOptions options, ISmtpMailHandler handler, TimeProvider clock, ILogger log)
    {
        (this.options, this.handler, this.clock, this.log) = (options, handler, clock, log);
        socket = new Socket(options.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(options.Endpoint);
            socket.Listen(512);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        Endpoint = socket.LocalEndPoint as IPEndPoint ?? options.Endpoint;
        accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where it listens; the port is the real one where 0 was asked for.</summary>
    public IPEndPoint Endpoint { get; }

    /// <exception cref="SocketException">The address is not ours, or the port is taken.</exception>
    public static SmtpListener Start(SmtpListenerOptions options, ISmtpMailHandler handler, TimeProvider clock, ILogger log)
    {
        var listener = new SmtpListener(options, handler, clock, log);
        log.Listening(listener.Endpoint.ToString());
        return listener;
    }

    /// <summary>Takes no more connections, and ends the open ones between two octets: what was not answered is not taken.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested) return;
        await stopping.CancelAsync();
        socket.Dispose();
        await accepting;
        await Task.WhenAll(sessions.Values.Select(session => session.Ended.Task));
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var client = await socket.AcceptAsync(stopping.Token);
                var id = ++lastSession;
                var remote = client.RemoteEndPoint as IPEndPoint ?? new IPEndPoint(IPAddress.None, 0);
                var isFull = sessions.Count >= options.MaxConnections || sessions.Values.Count(session => session.Address.Equals(remote.Address)) >= options.MaxConnectionsPerAddress;
                // The entry is there before the session can end and take it away.
                var session = sessions[id] = new Session(remote.Address, new TaskCompletionSource());
                _ = Task.Run(async () =>
                {
                    try { await ServeAsync(client, remote, isFull); }
                    finally { sessions.TryRemove(id, out _); session.Ended.SetResult(); }
                });
            }
            catch (OperationCanceledException) { return; }
            catch (ObjectDisposedException) { return; }
            catch (SocketException e)
            {
                // Out of file handles, or the client is gone already: others may fare better, after a breath.
                log.AcceptFailed(e.SocketErrorCode.ToString());
                await Task.Delay(TimeSpan.FromMilliseconds(50), clock);
            }
        }
    }

    private async Task ServeAsync(Socket client, IPEndPoint remote, bool isFull)
    {
        await using var session = new SmtpServerSession(options, handler, log, new SmtpServerWire(client, options, clock, stopping.Token), remote);
        try
        {
            await session.RunAsync(isFull, stopping.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException or InvalidDataException)
        {
            log.SessionEnded(remote.Address.ToString(), e.GetType().Name);
        }
        catch (Exception e)
        {
            // The top of a session: one that fails must not take the others with it.
            log.HandlerFailed(e);
        }
    }

    private sealed record Session(IPAddress Address, TaskCompletionSource Ended);
}
