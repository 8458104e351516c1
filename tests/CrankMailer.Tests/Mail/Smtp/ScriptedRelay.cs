using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.RegularExpressions;

namespace CrankMailer.Tests.Mail.Smtp;

/// <summary>A relay on a loopback socket that follows a dialog file. Lines: <c>S:</c> says (with escapes, and in one write with
/// the says that follow), <c>R:</c> says octets as they are, without a line end, <c>C:</c> expects (* is any text,
/// <c>C: (body)</c> reads to the final dot), <c>X:</c> acts: close, reset, half-close, hang (reads on and says nothing), stall (does not even read), tls (a handshake), repeat N TEXT
/// (says the line N times), next (ends this connection and waits for another). A # behind two spaces begins a comment.
/// <c>E:</c> is the outcome of each message in turn, <c>O:</c> an option of the test; with <c>O: drip</c> every octet is a
/// packet of its own.</summary>
internal sealed class ScriptedRelay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Queue<(char Kind, string Text)> steps;
    private readonly TaskCompletionSource stalling = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task serving;

    public ScriptedRelay(string dialog)
    {
        var lines = dialog.ReplaceLineEndings("\n").Split('\n').Where(line => line.Length > 2 && line[1] == ':').Select(line => (Kind: line[0], Text: WithoutComment(line[2..]))).ToList();
        Expected = [.. lines.Where(line => line.Kind == 'E').Select(line => line.Text)];
        Options = [.. lines.Where(line => line.Kind == 'O').Select(line => line.Text)];
        steps = new Queue<(char, string)>(lines.Where(line => line.Kind is 'S' or 'R' or 'C' or 'X'));
        listener.Start();
        serving = Task.Run(ServeAsync);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public IReadOnlyList<string> Expected { get; }

    public IReadOnlyList<string> Options { get; }

    /// <summary>Bodies as received, still dot-stuffed.</summary>
    public List<string> Bodies { get; } = [];

    /// <summary>What did not go as written; empty when all did.</summary>
    public List<string> Deviations { get; } = [];

    /// <summary>Ends when the dialog comes to its stall.</summary>
    public Task Stalling => stalling.Task;

    /// <summary>Waits until the dialog is at its end.</summary>
    public async Task FinishAsync() => await serving.WaitAsync(TimeSpan.FromSeconds(20));

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        try { await serving; }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException) { }
        stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        while (steps.Count > 0)
        {
            using var client = await listener.AcceptTcpClientAsync(stopping.Token);
            client.NoDelay = true;
            try { await TalkAsync(client); }
            catch (IOException e) { Deviations.Add($"connection broke: {e.Message}; left: {string.Join(" | ", steps)}"); }
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        Stream stream = client.GetStream();
        while (steps.TryDequeue(out var step))
        {
            switch (step)
            {
                case ('S', var text):
                    await SayAsync(stream, Encoding.UTF8.GetBytes(Together(text)));
                    break;
                case ('R', var text):
                    await SayAsync(stream, Encoding.Latin1.GetBytes(Regex.Unescape(text)));
                    break;
                case ('C', "(body)"):
                    await ReadBodyAsync(stream);
                    break;
                case ('C', var pattern):
                    var line = await ReadLineAsync(stream);
                    if (line is null || !Regex.IsMatch(line, "^" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal) + "$")) Deviations.Add($"expected '{pattern}', got '{line}'");
                    break;
                case ('X', "tls"):
                    var tls = new SslStream(stream);
                    stream = tls;
                    try { await tls.AuthenticateAsServerAsync(TestCertificate.Shared); }
                    catch (AuthenticationException e) { Deviations.Add($"no TLS: {e.Message}"); return; }
                    break;
                case ('X', "hang"):
                    await ReadToEndAsync(stream);
                    return;
                case ('X', "stall"):
                    stalling.TrySetResult();
                    await Task.Delay(Timeout.Infinite, stopping.Token);
                    return;
                case ('X', "half-close"):
                    client.Client.Shutdown(SocketShutdown.Send);
                    await ReadToEndAsync(stream);
                    return;
                case ('X', "reset"):
                    client.LingerState = new LingerOption(true, 0);
                    return;
                case ('X', "close" or "next"):
                    return;
                case ('X', var text) when text.StartsWith("repeat ", StringComparison.Ordinal):
                    var words = text.Split(' ', 3);
                    await SayAsync(stream, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(words[2] + "\r\n", int.Parse(words[1], CultureInfo.InvariantCulture)))));
                    break;
                default:
                    throw new InvalidOperationException($"The dialog has an unknown line {step}.");
            }
        }
    }

    /// <summary>With what is said next, without waiting for the client: one packet, as servers send it.</summary>
    private string Together(string text)
    {
        var said = new StringBuilder(Regex.Unescape(text)).Append("\r\n");
        while (steps.TryPeek(out var next) && next.Kind == 'S') said.Append(Regex.Unescape(steps.Dequeue().Text)).Append("\r\n");
        return said.ToString();
    }

    private async Task SayAsync(Stream stream, byte[] octets)
    {
        var size = Options.Contains("drip") ? 1 : octets.Length;
        for (var at = 0; at < octets.Length; at += size) await stream.WriteAsync(octets.AsMemory(at, size), stopping.Token);
    }

    private async Task ReadBodyAsync(Stream stream)
    {
        var body = new StringBuilder();
        while (await ReadLineAsync(stream) is { } line)
        {
            if (line == ".") break;
            body.Append(line).Append("\r\n");
        }
        Bodies.Add(body.ToString());
    }

    private async Task ReadToEndAsync(Stream stream)
    {
        var octets = new byte[64 * 1024];
        try { while (await stream.ReadAsync(octets, stopping.Token) > 0) { } }
        catch (IOException) { }
    }

    private async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new List<byte>();
        var octet = new byte[1];
        while (true)
        {
            int read;
            try { read = await stream.ReadAsync(octet, stopping.Token); }
            catch (IOException) { return null; }
            if (read == 0) return null;
            line.Add(octet[0]);
            if (octet[0] == '\n') return Encoding.UTF8.GetString(line.ToArray()).TrimEnd('\n', '\r');
        }
    }

    private static string WithoutComment(string text)
    {
        var comment = text.IndexOf("  #", StringComparison.Ordinal);
        return (comment < 0 ? text : text[..comment]).Trim();
    }
}
