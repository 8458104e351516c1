using System.Diagnostics;

namespace CrankMailer.Tests.Mail.Smtp;

/// <summary>A Debian package with what it needs, downloaded by apt and unpacked into a folder; nothing is installed.</summary>
internal static class DebianPackage
{
    private static string Kept => Path.Combine(Path.GetTempPath(), "crankmailer-packages");

    /// <summary>The folder it is unpacked in, kept for the next run. Skips the test where it is not to be had; in CI that fails.</summary>
    public static async Task<string> UnpackAsync(string package)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) Required.Missing($"The Debian package {package} (it needs Linux and root)");
        var folder = Path.Combine(Kept, package);
        if (Directory.Exists(folder)) return folder;
        Directory.CreateDirectory(Kept);
        var work = Directory.CreateDirectory(Path.Combine(Kept, $".{package}-{Guid.NewGuid():n}")).FullName;
        // The names of the libraries differ from release to release; apt knows which ones this machine lacks.
        var script =
            $$"""
            set -e; cd "{{work}}"; mkdir -p debs/partial root
            get() { apt-get -y -q -o Dir::Cache::archives="{{work}}/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root --no-install-recommends --download-only --reinstall install {{package}}; }
            get || { apt-get update -q; get; }
            for deb in debs/*.deb; do dpkg-deb -x "$deb" root; done
            chmod 755 root
            """;
        if (await RunAsync(script) != 0)
        {
            Directory.Delete(work, recursive: true);
            Required.Missing($"The Debian package {package} (apt-get could not download it)");
        }
        try { Directory.Move(Path.Combine(work, "root"), folder); }
        catch (IOException) when (Directory.Exists(folder)) { }
        Directory.Delete(work, recursive: true);
        return folder;
    }

    public static async Task<int> RunAsync(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", $"exec >/dev/null 2>&1 </dev/null\n{script}"])) ?? throw new InvalidOperationException();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
