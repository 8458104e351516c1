using System.Diagnostics;

namespace CrankMailer.Benchmarks.Smtp;

/// <summary>Debian's smtp-sink and smtp-source: as installed, or unpacked from the package into a folder below the temporary folder, installing nothing.</summary>
internal sealed class PostfixTools
{
    private readonly string _sbin;
    private readonly string? _libraries;

    private PostfixTools(string sbin, string? libraries) => (_sbin, _libraries) = (sbin, libraries);

    /// <returns>Null where they are not to be had; the problem says why.</returns>
    public static async Task<(PostfixTools? Tools, string Problem)> FindAsync(CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux()) return (null, "smtp-sink and smtp-source are Debian's, and this is no Linux.");
        if (Holds("/usr/sbin")) return (new PostfixTools("/usr/sbin", null), "");
        var folder = Path.Combine(Path.GetTempPath(), "crankmailer-bench-postfix");
        var root = Path.Combine(folder, "root");
        if (!Holds(Path.Combine(root, "usr/sbin")) && await UnpackAsync(folder, root, ct) is { } problem) return (null, problem);
        return (new PostfixTools(Path.Combine(root, "usr/sbin"), Path.Combine(root, "usr/lib/postfix")), "");
    }

    public Process Start(string name, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(_sbin, name), arguments);
        if (_libraries is not null) start.Environment["LD_LIBRARY_PATH"] = _libraries;
        return Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
    }

    private static bool Holds(string folder) => File.Exists(Path.Combine(folder, "smtp-sink")) && File.Exists(Path.Combine(folder, "smtp-source"));

    private static async Task<string?> UnpackAsync(string folder, string root, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        foreach (var old in Directory.GetFiles(folder, "postfix_*.deb")) File.Delete(old);
        if (await ToolRun.OutputAsync("apt-get", ["download", "postfix"], folder, ct) is null)
        {
            // Lists of a fresh container are empty or old.
            if (await ToolRun.OutputAsync("apt-get", ["update", "-qq"], folder, ct) is null || await ToolRun.OutputAsync("apt-get", ["download", "postfix"], folder, ct) is null)
                return "apt-get cannot download Debian's postfix. Install postfix, or run this where Debian's packages can be reached.";
        }
        var package = Directory.GetFiles(folder, "postfix_*.deb").Single();
        return await ToolRun.OutputAsync("dpkg-deb", ["-x", package, root], folder, ct) is null ? "dpkg-deb cannot unpack Debian's postfix." : null;
    }
}
