using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace CrankMailer.Tests.Mail.Smtp;

/// <summary>A relay on a loopback socket that follows a dialog file. Lines: <c>S:</c> says, <c>C:</c> expects (* is any text,
/// <c>C: (body)</c> reads to the final dot), <c>X:</c> acts: close, reset, half-close, hang, next (ends this connection and
/// waits for another). A # behind two spaces begins a comment. <c>E:</c> is the outcome of each message in turn, <c>O:</c>
/// an option of the test.</summary>
internal sealed class ScriptedRelay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Queue<(char Kind, string Text)> steps;
    private readonly Task serving;

    public ScriptedRelay(string dialog)
    {
        var lines = dialog.ReplaceLineEndings("\n").Split('\n').Where(line => line.Length > 2 && line[1] == ':').Select(line => (Kind: line[0], Text: WithoutComment(line[2..]))).ToList();
        Expected = [.. lines.Where(line => line.Kind == 'E').Select(line => line.Text)];
        Options = [.. lines.Where(line => line.Kind == 'O').Select(line => line.Text)];
        steps = new Queue<(char, string)>(lines.Where(line => line.Kind is 'S' or 'C' or 'X'));
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
        var stream = client.GetStream();
        while (steps.TryDequeue(out var step))
        {
            switch (step)
            {
                case ('S', var text):
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(Regex.Unescape(text) + "\r\n"), stopping.Token);
                    break;
                case ('C', "(body)"):
                    await ReadBodyAsync(stream);
                    break;
                case ('C', var pattern):
                    var line = await ReadLineAsync(stream);
                    if (line is null || !Regex.IsMatch(line, "^" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal) + "$")) Deviations.Add($"expected '{pattern}', got '{line}'");
                    break;
                case ('X', "hang"):
                    while (await ReadLineAsync(stream) is not null) { }
                    return;
                case ('X', "half-close"):
                    client.Client.Shutdown(SocketShutdown.Send);
                    while (await ReadLineAsync(stream) is not null) { }
                    return;
                case ('X', "reset"):
                    client.LingerState = new LingerOption(true, 0);
                    return;
                case ('X', "close" or "next"):
                    return;
                default:
                    throw new InvalidOperationException($"The dialog has an unknown line {step}.");
            }
        }
    }

    private async Task ReadBodyAsync(NetworkStream stream)
    {
        var body = new StringBuilder();
        while (await ReadLineAsync(stream) is { } line)
        {
            if (line == ".") break;
            body.Append(line).Append("\r\n");
        }
        Bodies.Add(body.ToString());
    }

    private async Task<string?> ReadLineAsync(NetworkStream stream)
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
