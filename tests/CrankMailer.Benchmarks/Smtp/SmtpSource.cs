using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CrankMailer.Benchmarks.Smtp;

/// <summary>Debian's smtp-source: C, one thread, the same message again and again from one buffer, no pipelining. The least that anybody who sends needs.</summary>
internal sealed class SmtpSource(PostfixTools tools, int octets, int connections) : ISender
{
    /// <summary>What it puts in front of the body that -l asks for.</summary>
    private const int OwnHeaders = 190;

    private const int Children = -1;

    public async Task<SendFigures> SendAsync(int port, int messages, CancellationToken ct)
    {
        var before = ChildrenCpuSeconds();
        var watch = Stopwatch.StartNew();
        using var process = tools.Start("smtp-source",
            ["-4", "-d", "-l", (octets - OwnHeaders).ToString(), "-s", connections.ToString(), "-m", messages.ToString(), "-f", "bounce@news.example.test", "-t", "reader@example.org", $"127.0.0.1:{port}"]);
        await process.WaitForExitAsync(ct);
        watch.Stop();
        if (process.ExitCode != 0) throw new InvalidOperationException($"smtp-source ended with {process.ExitCode}.");
        return new SendFigures(watch.Elapsed.TotalSeconds, ChildrenCpuSeconds() - before, messages);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>User and system time of all children that have ended: between two looks only smtp-source ends. Process has no times of an ended one.</summary>
    private static double ChildrenCpuSeconds()
    {
        // struct rusage begins with two times of seconds and microseconds; it has 18 words.
        var usage = new long[18];
        if (getrusage(Children, usage) != 0) throw new InvalidOperationException("getrusage failed.");
        return usage[0] + usage[2] + (usage[1] + usage[3]) / 1e6;
    }

    [DllImport("libc")]
    private static extern int getrusage(int who, long[] usage);
}
