using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CrankMailer.Tests.Mail.Smtp;

/// <summary>A real Postfix on loopback, unpacked from its Debian package and not installed; configured by the shared tool.</summary>
public sealed class Postfix : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("crankmailer-postfix").FullName;
    private string package = "";
    private Exception? absent;

    private static string Tool => Path.Combine(Corpora.Folder, "..", "tools", "mta", "postfix.sh");

    /// <summary>On the next port a second instance listens.</summary>
    public int Port { get; private set; }

    public async ValueTask InitializeAsync()
    {
        try
        {
            // The shared tools lie beside the corpora, and may be absent with them.
            if (!File.Exists(Tool)) Assert.Skip($"The tool {Tool} is absent (beside CRANKMAILER_CORPORA).");
            package = await DebianPackage.UnpackAsync("postfix");
            // postfix drops to other users, who must be able to enter.
            await DebianPackage.RunAsync($"chmod 755 \"{folder}\"");
            // Its own libraries are looked for beside it; those this machine lacks lie elsewhere in the package.
            await DebianPackage.RunAsync($"cp -n \"{package}\"/usr/lib/*-linux-gnu/*.so* \"{package}/usr/lib/postfix/\"");
            Port = FreePort();
            if (await RunAsync("start") != 0) Required.Missing("A Postfix that starts");
        }
        catch (Exception e)
        {
            absent = e; // a fixture cannot skip its tests: each of them says it
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Port != 0) await RunAsync("stop");
        Directory.Delete(folder, recursive: true);
    }

    public void SkipWhereAbsent()
    {
        if (absent is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(absent);
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

    // Not by a pipe of ours: the daemons would inherit it, and reading would never end.
    private Task<int> RunAsync(string argument) => DebianPackage.RunAsync($"B=\"{folder}\" R=\"{package}\" PORT={Port} exec bash \"{Tool}\" {argument}");

    private static int FreePort()
    {
        // The tool needs this port and the next.
        using var one = new TcpListener(IPAddress.Loopback, 0);
        one.Start();
        return ((IPEndPoint)one.LocalEndpoint).Port;
    }
}
