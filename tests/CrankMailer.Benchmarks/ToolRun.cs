using System.ComponentModel;
using System.Diagnostics;

namespace CrankMailer.Benchmarks;

/// <summary>Runs a program of the machine.</summary>
internal static class ToolRun
{
    /// <returns>What it printed; null where it is not here or failed, which is said on stderr.</returns>
    public static async Task<string?> OutputAsync(string program, IReadOnlyList<string> arguments, string folder, CancellationToken ct)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })
                ?? throw new InvalidOperationException($"{program} did not start.");
            var errors = process.StandardError.ReadToEndAsync(ct);
            var output = await process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            if (process.ExitCode == 0) return output;
            await System.Console.Error.WriteLineAsync($"error: {program} {string.Join(' ', arguments)} ended with {process.ExitCode}. {(await errors).Trim()}");
        }
        catch (Win32Exception error)
        {
            await System.Console.Error.WriteLineAsync($"error: {program} is not here ({error.Message}).");
        }
        return null;
    }
}
