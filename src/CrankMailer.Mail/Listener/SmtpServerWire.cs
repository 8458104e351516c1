using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Mail.Listener;

/// <summary>The octets of one session: command lines in, replies out, bodies up to the final dot.</summary>
internal sealed class SmtpServerWire : IAsyncDisposable
{
    /// <summary>RFC 4954 4: an AUTH response may have 12288 octets; everything else is far shorter.</summary>
    private const int MaxLine = 12 * 1024;

    private readonly Socket socket;
    private readonly SmtpListenerOptions options;
    private readonly CancellationTokenSource deadline;
    private readonly CancellationTokenRegistration stop;
    private Stream stream;
    private PipeReader reader;
    private PipeWriter writer;

    public SmtpServerWire(Socket socket, SmtpListenerOptions options, TimeProvider clock, CancellationToken ct)
    {
        this.socket = socket;
        this.options = options;
        socket.NoDelay = true;
        deadline = new CancellationTokenSource(options.IdleTimeout, clock);
        stop = ct.UnsafeRegister(static state => ((CancellationTokenSource?)state)?.Cancel(), deadline);
        stream = new NetworkStream(socket, ownsSocket: true);
        reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 32 * 1024, leaveOpen: true));
        writer = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }

    public bool IsEncrypted => stream is SslStream;

    public void Reply(SmtpReply reply)
    {
        var text = reply.ToString().Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n";
        writer.Advance(Encoding.UTF8.GetBytes(text, writer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
    }

    public async ValueTask FlushAsync() => await writer.FlushAsync(deadline.Token);

    /// <summary>The next command without its line end; null when the client has closed. Replies go out only when there is
    /// nothing more to read: that is what PIPELINING gains.</summary>
    /// <exception cref="InvalidDataException">The line is too long.</exception>
    public async ValueTask<string?> ReadLineAsync()
    {
        deadline.CancelAfter(options.IdleTimeout);
        while (true)
        {
            if (!reader.TryRead(out var result))
            {
                await FlushAsync();
                result = await reader.ReadAsync(deadline.Token);
            }
            var end = result.Buffer.PositionOf((byte)'\n');
            if (end is { } lineEnd)
            {
                var line = result.Buffer.Slice(0, lineEnd);
                var tooLong = line.Length > MaxLine;
                var text = tooLong ? "" : Encoding.UTF8.GetString(line).TrimEnd('\r');
                reader.AdvanceTo(result.Buffer.GetPosition(1, lineEnd));
                return tooLong ? throw new InvalidDataException("The command line is too long.") : text;
            }
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.Buffer.Length > MaxLine) throw new InvalidDataException("The command line is too long.");
            if (result.IsCompleted) return null;
        }
    }

    public async ValueTask<SmtpDataReader.Result> ReadBodyAsync(MessageBuffer message)
    {
        await FlushAsync();
        deadline.CancelAfter(options.MessageTimeout);
        var data = new SmtpDataReader(message, options.MaxMessageOctets);
        while (true)
        {
            var result = await reader.ReadAsync(deadline.Token);
            var consumed = data.Take(result.Buffer);
            reader.AdvanceTo(consumed, data.IsComplete ? consumed : result.Buffer.End);
            if (data.IsComplete) return data.Found;
            if (result.IsCompleted) throw new EndOfStreamException("The client closed inside a message.");
            // Four times too large is no mistake any more.
            if (data.Total > 4L * options.MaxMessageOctets) throw new InvalidDataException("The message is far too large.");
        }
    }

    /// <summary>Encrypts; whatever the client sent behind STARTTLS is dropped unread (RFC 3207 4.2, command injection).</summary>
    public async Task StartTlsAsync(X509Certificate2 certificate)
    {
        await FlushAsync();
        await reader.CompleteAsync();
        await writer.CompleteAsync();
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        stream = tls;
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, deadline.Token);
        reader = PipeReader.Create(tls, new StreamPipeReaderOptions(bufferSize: 32 * 1024, leaveOpen: true));
        writer = PipeWriter.Create(tls, new StreamPipeWriterOptions(leaveOpen: true));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.DisposeAsync();
        await stream.DisposeAsync();
        socket.Dispose();
        deadline.Dispose();
    }
}
