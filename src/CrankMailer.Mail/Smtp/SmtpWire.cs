using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace CrankMailer.Mail.Smtp;

/// <summary>Octets to and from one server, each phase with its time-out. Knows replies, but no order of commands.</summary>
internal sealed class SmtpWire : IAsyncDisposable
{
    private readonly Socket socket;
    private readonly CancellationTokenSource deadline;
    private readonly KnownReplies known = new();
    private Stream stream;
    private PipeReader reader;

    private SmtpWire(Socket socket, Stream stream, CancellationTokenSource deadline)
    {
        this.socket = socket;
        this.stream = stream;
        this.deadline = deadline;
        reader = NewReader(stream);
        Output = NewWriter(stream);
        Remote = socket.RemoteEndPoint is IPEndPoint { Address.IsIPv4MappedToIPv6: true } mapped
            ? new IPEndPoint(mapped.Address.MapToIPv4(), mapped.Port)
            : socket.RemoteEndPoint as IPEndPoint;
    }

    public PipeWriter Output { get; private set; }

    /// <summary>Noted while the socket is open: it is wanted most when the connection has failed.</summary>
    public IPEndPoint? Remote { get; }

    public string? TlsVersion => stream is SslStream tls ? tls.SslProtocol.ToString() : null;

    public string? CipherSuite => stream is SslStream tls ? tls.NegotiatedCipherSuite.ToString() : null;

    public bool IsEncrypted => stream is SslStream;

    public static async Task<SmtpWire> ConnectAsync(SmtpEndpoint endpoint, TimeProvider clock, CancellationToken ct)
    {
        var deadline = new CancellationTokenSource(endpoint.Timeouts.Connect, clock);
        try
        {
            using var stop = StopOn(ct, deadline);
            var socket = await new TcpDialler(endpoint.Port, endpoint.LocalAddress, clock).ConnectAsync(endpoint.Host, deadline.Token);
            return new SmtpWire(socket, new NetworkStream(socket, ownsSocket: true), deadline);
        }
        catch
        {
            deadline.Dispose();
            throw;
        }
    }

    /// <summary>While held, this cancellation stops whatever the wire waits for.</summary>
    public CancellationTokenRegistration StopOn(CancellationToken ct) => StopOn(ct, deadline);

    /// <summary>As <see cref="StopOn(CancellationToken)"/>, but leaves this much time.</summary>
    public CancellationTokenRegistration StopAfter(TimeSpan grace, CancellationToken ct) =>
        ct.UnsafeRegister(_ => deadline.CancelAfter(grace), null);

    /// <summary>Whatever comes next must be done within this time.</summary>
    public void Allow(TimeSpan time) => deadline.CancelAfter(time);

    public async ValueTask FlushAsync() => await Output.FlushAsync(deadline.Token);

    public void Write(string commands) => Output.Advance(Encoding.UTF8.GetBytes(commands, Output.GetSpan(Encoding.UTF8.GetMaxByteCount(commands.Length))));

    /// <exception cref="EndOfStreamException">The server closed.</exception>
    /// <exception cref="InvalidDataException">What came is no reply.</exception>
    public async ValueTask<SmtpReply> ReadReplyAsync()
    {
        while (true)
        {
            var result = await reader.ReadAsync(deadline.Token);
            var buffer = result.Buffer;
            if (known.Take(ref buffer) is { } again)
            {
                reader.AdvanceTo(buffer.Start);
                return again;
            }
            var outcome = SmtpReplyReader.TryRead(ref buffer, out var reply);
            if (outcome == SmtpReplyReader.Outcome.Complete && reply is not null)
            {
                known.Keep(result.Buffer.Slice(0, buffer.Start), reply);
                reader.AdvanceTo(buffer.Start);
                return reply;
            }
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (outcome == SmtpReplyReader.Outcome.Malformed) throw new InvalidDataException("The server sent something that is no SMTP reply.");
            if (result.IsCompleted) throw new EndOfStreamException("The server closed the connection.");
        }
    }

    /// <summary>True when the server has sent something unasked or closed: on an idle connection, nothing good.</summary>
    public bool HasUnexpectedInput()
    {
        try
        {
            return HasUnreadInput() || socket.Poll(0, SelectMode.SelectRead) || !socket.Connected;
        }
        catch (SocketException) { return true; }
        catch (ObjectDisposedException) { return true; }
    }

    /// <summary>True when something came with the last reply that nobody asked for.</summary>
    public bool HasUnreadInput()
    {
        if (!reader.TryRead(out var result)) return false;
        reader.AdvanceTo(result.Buffer.Start);
        return result.Buffer.Length > 0 || result.IsCompleted;
    }

    /// <summary>Encrypts from here on. What the server sent before and was not asked for is dropped: it may have been put in
    /// by somebody in between (R62, RFC 3207 6).</summary>
    /// <returns>What is wrong with the certificate, where it is taken all the same.</returns>
    /// <exception cref="CertificateRefusedException">It is not good enough.</exception>
    public async Task<string?> StartTlsAsync(SmtpEndpoint endpoint)
    {
        await reader.CompleteAsync();
        await Output.CompleteAsync();
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        var certificate = new CertificateCheck(endpoint);
        try
        {
            await tls.AuthenticateAsClientAsync(certificate.Options, deadline.Token);
        }
        catch (AuthenticationException e)
        {
            await tls.DisposeAsync();
            throw certificate.Problem is { } problem ? new CertificateRefusedException(problem, e) : e;
        }
        stream = tls;
        reader = NewReader(tls);
        Output = NewWriter(tls);
        return certificate.Problem;
    }

    /// <summary>Closes at once, without a goodbye; nothing that is still unflushed goes out.</summary>
    public async ValueTask DisposeAsync()
    {
        // Completing the writer would flush it: after a failed hand-over that must not happen.
        socket.Dispose();
        await stream.DisposeAsync();
        deadline.Dispose();
    }

    private static CancellationTokenRegistration StopOn(CancellationToken ct, CancellationTokenSource deadline) =>
        ct.UnsafeRegister(static state => ((CancellationTokenSource?)state)?.Cancel(), deadline);

    private static PipeReader NewReader(Stream from) => PipeReader.Create(from, new StreamPipeReaderOptions(leaveOpen: true));

    private static PipeWriter NewWriter(Stream to) => PipeWriter.Create(to, new StreamPipeWriterOptions(minimumBufferSize: 32 * 1024, leaveOpen: true));
}
