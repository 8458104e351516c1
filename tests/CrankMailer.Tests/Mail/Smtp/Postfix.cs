using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CrankMailer.Tests.Mail.Smtp;

/// <summary>A real Postfix on loopback, unpacked from its Debian package by the shared tool; not installed.</summary>
public sealed class Postfix : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("crankmailer-postfix").FullName;
    private string? absent;
    private bool isUnknown;

    /// <summary>On the next port a second instance listens.</summary>
    public int Port { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var tools = Path.Combine(Corpora.Folder, "..", "tools", "mta");
        isUnknown = !File.Exists(Path.Combine(tools, "postfix.sh"));
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !File.Exists(Path.Combine(tools, "postfix.sh"))) { absent = "Postfix tests need Linux, root and the shared tools."; return; }
        if (await RunAsync(tools, "unpack.sh", "postfix") != 0) { absent = "The Debian package of Postfix cannot be had."; return; }
        // postfix drops to other users, who must be able to enter.
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        Port = FreePort();
        if (await RunAsync(tools, "postfix.sh", "start") != 0) absent = "Postfix did not start.";
    }

    public async ValueTask DisposeAsync()
    {
        if (Port != 0) await RunAsync(Path.Combine(Corpora.Folder, "..", "tools", "mta"), "postfix.sh", "stop");
        Directory.Delete(folder, recursive: true);
    }

    public void SkipWhereAbsent()
    {
        if (absent is null) return;
        // The shared tools lie beside the corpora, and may be absent with them.
        if (isUnknown) Assert.Skip(absent);
        Required.Missing($"Postfix ({absent})");
    }

    /// <summary>The next message that arrived for a domain, as it lies in the mailbox (LF).</summary>
    public async Task<byte[]> TakeAsync(string domain, CancellationToken ct)
    {
        var mailbox = Path.Combine(folder, "pf", "mail", domain, "new");
        var deadline = Stopwatch.StartNew();
        while (deadline.Elapsed < TimeSpan.FromSeconds(30))
        {
            if (Directory.Exists(mailbox) && Directory.GetFiles(mailbox).FirstOrDefault() is { } file)
            {
                var message = await File.ReadAllBytesAsync(file, ct);
                File.Delete(file);
                return message;
            }
            await Task.Delay(50, ct);
        }
        throw new TimeoutException($"Nothing arrived for {domain}.");
    }

    private async Task<int> RunAsync(string tools, string script, string argument)
    {
        // Not by a pipe of ours: the daemons would inherit it, and reading would never end.
        var start = new ProcessStartInfo("bash", ["-c", "exec bash \"$0\" \"$1\" >/dev/null 2>&1", Path.Combine(tools, script), argument]);
        start.Environment["B"] = folder;
        start.Environment["PORT"] = Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var process = Process.Start(start) ?? throw new InvalidOperationException();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static int FreePort()
    {
        // The tool needs this port and the next.
        using var one = new TcpListener(IPAddress.Loopback, 0);
        one.Start();
        return ((IPEndPoint)one.LocalEndpoint).Port;
    }
}
