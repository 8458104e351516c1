using System.Diagnostics;
using System.Text.Json;

namespace CrankMailer.Benchmarks.Smtp;

/// <summary>A sender in a process of its own, so that CPU and peak memory are its alone; it lives for all rounds and is told "PORT COUNT" on stdin.</summary>
internal sealed class SenderProcess : ISender
{
    private readonly Process _process;

    private SenderProcess(Process process) => _process = process;

    public static SenderProcess Start(string program, IReadOnlyList<string> arguments, string folder) => new(
        Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} did not start."));

    public async Task<SendFigures> SendAsync(int port, int messages, CancellationToken ct)
    {
        await _process.StandardInput.WriteLineAsync($"{port} {messages}".AsMemory(), ct);
        await _process.StandardInput.FlushAsync(ct);
        var line = await _process.StandardOutput.ReadLineAsync(ct) ?? throw new InvalidOperationException("A sender ended before its messages were sent.");
        return JsonSerializer.Deserialize<SendFigures>(line) ?? throw new InvalidOperationException($"A sender answered '{line}'.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
