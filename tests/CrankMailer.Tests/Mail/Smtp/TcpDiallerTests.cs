using System.Net;
using System.Net.Sockets;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Tests.Mail.Smtp;

/// <summary>A relay's name with several addresses.</summary>
public sealed class TcpDiallerTests
{
    private static readonly IPAddress Other = IPAddress.Parse("127.0.0.2");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_that_refuses_is_followed_by_the_next_at_once()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        // The clock stands: only the refusal can make it go on.
        using var socket = await Dialler(server, new SteppedClock()).ConnectAsync([Other, IPAddress.IPv6Loopback, IPAddress.Loopback], Ct);
        Assert.Equal(IPAddress.Loopback, (socket.RemoteEndPoint as IPEndPoint)?.Address);
        Assert.True(socket.NoDelay);
        Assert.NotEqual(0, socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
    }

    [Fact]
    public async Task An_address_that_is_silent_is_overtaken_by_the_next()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(Other, 0));
        silent.Listen(0);
        var port = ((IPEndPoint)silent.LocalEndPoint!).Port;
        var filling = await FillAsync(new IPEndPoint(Other, port));
        try
        {
            using var server = new TcpListener(IPAddress.Loopback, port);
            server.Start();
            var clock = new SteppedClock();
            var dialling = Dialler(server, clock).ConnectAsync([Other, IPAddress.Loopback], Ct);
            Assert.False(dialling.IsCompleted);
            await clock.AdvanceUntilAsync(dialling, TimeSpan.FromMilliseconds(50));
            using var socket = await dialling;
            Assert.Equal(IPAddress.Loopback, (socket.RemoteEndPoint as IPEndPoint)?.Address);
        }
        finally
        {
            foreach (var socket in filling) socket.Dispose();
        }
    }

    [Fact]
    public async Task Where_none_takes_a_connection_each_is_named_with_its_reason()
    {
        int port;
        using (var closed = new TcpListener(IPAddress.Loopback, 0))
        {
            closed.Start();
            port = ((IPEndPoint)closed.LocalEndpoint).Port;
        }
        var thrown = await Assert.ThrowsAnyAsync<SocketException>(() => new TcpDialler(port, null, TimeProvider.System).ConnectAsync([IPAddress.Loopback, Other], Ct));
        Assert.Contains("127.0.0.1: ", thrown.Message);
        Assert.Contains("; 127.0.0.2: ", thrown.Message);
        Assert.Equal(SocketError.ConnectionRefused, thrown.SocketErrorCode);
    }

    [Fact]
    public async Task A_name_without_an_address_is_data()
    {
        var (connection, failure) = await SmtpConnection.OpenAsync(new SmtpEndpoint { Host = "no-such-host.invalid", HeloName = "c.test" }, TimeProvider.System, Ct);
        Assert.Null(connection);
        Assert.Equal(SmtpFailure.CannotConnect, Assert.IsType<SmtpOutcome.NotSent>(failure).Failure);
    }

    [Fact]
    public async Task A_local_address_leaves_only_its_family()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var socket = await new TcpDialler(((IPEndPoint)server.LocalEndpoint).Port, Other, TimeProvider.System).ConnectAsync([IPAddress.IPv6Loopback, IPAddress.Loopback], Ct);
        Assert.Equal(Other, (socket.LocalEndPoint as IPEndPoint)?.Address);
    }

    private static TcpDialler Dialler(TcpListener server, TimeProvider clock) => new(((IPEndPoint)server.LocalEndpoint).Port, null, clock);

    /// <summary>As many connections as the backlog takes: the next one gets no answer. Skips where the system answers all the same.</summary>
    private static async Task<List<Socket>> FillAsync(IPEndPoint endpoint)
    {
        var filling = new List<Socket>();
        for (var n = 0; n < 20; n++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            filling.Add(socket);
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            try { await socket.ConnectAsync(endpoint, patience.Token); }
            catch (OperationCanceledException) { return filling; }
            catch (SocketException) { break; }
        }
        foreach (var socket in filling) socket.Dispose();
        Assert.Skip("This system takes connections beyond the backlog, so no address can be made silent.");
        return filling;
    }
}
