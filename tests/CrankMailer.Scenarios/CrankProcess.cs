using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using CrankMailer.Tests.Delivery;

namespace CrankMailer.Scenarios;

/// <summary>One run of the built executable: its output as it comes, and its end. Killed when disposed.</summary>
internal sealed class CrankProcess : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "CrankMailer.exe" : "CrankMailer");
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _out = new();
    private readonly ConcurrentQueue<string> _err = new();

    private CrankProcess(Process process, string root)
    {
        (_process, Root) = (process, root);
        process.OutputDataReceived += (_, line) => Keep(_out, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(_err, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens, for what serves; <c>http://localhost:PORT</c>.</summary>
    public string Root { get; }

    public string Out => string.Join('\n', _out);

    public string Err => string.Join('\n', _err);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Runs a command to its end.</summary>
    public static async Task<Ran> RunAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        await using var process = Start(environment, "", arguments);
        return await process.EndAsync();
    }

    /// <summary>Starts a serving command on a free port and waits until it answers.</summary>
    public static async Task<CrankProcess> ServeAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        var root = $"http://localhost:{FreePort()}";
        var process = Start(environment, root, [.. arguments, "--urls", root]);
        using var http = new HttpClient { BaseAddress = new Uri(root) };
        await Eventually.HoldsAsync(async () =>
        {
            Assert.False(process._process.HasExited, $"crankmailer {string.Join(' ', arguments)} ended:\n{process.Out}\n{process.Err}");
            try
            {
                using var answer = await http.GetAsync("/health/live", Ct);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false; // not yet listening
            }
        }, () => Task.FromResult($"crankmailer {string.Join(' ', arguments)} to answer:\n{process.Out}\n{process.Err}"));
        return process;
    }

    /// <summary>Waits for a line of its standard output.</summary>
    public async Task<Match> LineAsync(string pattern)
    {
        var match = Match.Empty;
        await Eventually.HoldsAsync(() => (match = Regex.Match(Out, pattern, RegexOptions.Multiline)).Success, $"/{pattern}/ in:\n{Out}\n{Err}");
        return match;
    }

    public async Task<Ran> EndAsync()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        await _process.WaitForExitAsync(deadline.Token);
        return new Ran(_process.ExitCode, Out, Err);
    }

    /// <summary>kill -9: no handler runs, nothing is written any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(Ct);
    }

    /// <summary>What a service manager does: SIGTERM, and then it waits.</summary>
    public async Task<Ran> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"])) await kill.WaitForExitAsync(Ct);
        return await EndAsync().WaitAsync(StopWithin, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static CrankProcess Start(Dictionary<string, string> environment, string root, string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{Program} did not start.");
        process.StandardInput.Close();
        return new CrankProcess(process, root);
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null) lines.Enqueue(line);
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}

/// <summary>A command that has ended.</summary>
internal sealed record Ran(int Exit, string Out, string Err);
