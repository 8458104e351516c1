using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CrankMailer.Tests.Mail.Smtp;

/// <summary>A real Exim on loopback, unpacked from its Debian package and not installed. Logs in news with geheim, over TLS only; takes everything but
/// hard@ (550), grey@ (451), mail to auth.test without a log-in (530), and what the subject asks it to refuse after the body; five messages a connection.</summary>
public sealed class Exim : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("crankmailer-exim").FullName;
    private Process? server;
    private Exception? absent;

    public int Port { get; private set; }

    public async ValueTask InitializeAsync()
    {
        try
        {
            await StartAsync(await DebianPackage.UnpackAsync("exim4-daemon-light"));
        }
        catch (Exception e)
        {
            absent = e; // a fixture cannot skip its tests: each of them says it
        }
    }

    public void SkipWhereAbsent()
    {
        if (absent is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(absent);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is { HasExited: false })
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
        server?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The next message that arrived, as it lies in the mailbox (LF).</summary>
    public async Task<byte[]> TakeAsync(CancellationToken ct)
    {
        var mailbox = Path.Combine(folder, "mail", "new");
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(50, ct))
        {
            if (!Directory.Exists(mailbox) || Directory.GetFiles(mailbox).FirstOrDefault() is not { } file) continue;
            var message = await File.ReadAllBytesAsync(file, ct);
            File.Delete(file);
            return message;
        }
        throw new TimeoutException($"Nothing arrived. Exim's log: {string.Join('\n', Directory.GetFiles(Path.Combine(folder, "log")).Select(File.ReadAllText))}");
    }

    private async Task StartAsync(string package)
    {
        Port = FreePort();
        using var certificate = TestCertificate.Issue("localhost");
        await File.WriteAllTextAsync(Path.Combine(folder, "tls.pem"), certificate.ExportCertificatePem() + "\n" + certificate.GetECDsaPrivateKey()?.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(Path.Combine(folder, "exim.conf"), Configuration(Port, folder));
        // Debian's Exim asks for its own user at the start, and runs itself anew to deliver: in a mount namespace of its own it finds both.
        var script =
            $"""
            exec >"{folder}/out.log" 2>&1 </dev/null
            cd "{folder}"; (cat /etc/passwd; echo 'Debian-exim:x:8:8::/nonexistent:/usr/sbin/nologin') > passwd; (cat /etc/group; echo 'Debian-exim:x:8:') > group
            mkdir -p spool mail log; chown mail:mail spool mail log tls.pem; chmod 755 "{folder}"
            mount --bind passwd /etc/passwd; mount --bind group /etc/group; mount -t overlay overlay -o lowerdir="{package}/usr":/usr /usr
            exec /usr/sbin/exim4 -C "{folder}/exim.conf" -bdf -oP "{folder}/exim.pid"
            """;
        server = Process.Start(new ProcessStartInfo("unshare", ["--mount", "bash", "-ec", script])) ?? throw new InvalidOperationException();
        for (var waited = Stopwatch.StartNew(); !await AnswersAsync(); await Task.Delay(50))
            if (server.HasExited || waited.Elapsed > TimeSpan.FromSeconds(20)) Required.Missing($"An Exim that starts (it says: {await File.ReadAllTextAsync(Path.Combine(folder, "out.log"))})");
    }

    private async Task<bool> AnswersAsync()
    {
        using var client = new TcpClient();
        try { await client.ConnectAsync(IPAddress.Loopback, Port); }
        catch (SocketException) { return false; }
        return true;
    }

    private static string Configuration(int port, string folder) =>
        $$$"""
        primary_hostname = exim.test
        local_interfaces = 127.0.0.1
        daemon_smtp_ports = {{{port}}}
        exim_path = /usr/sbin/exim4
        exim_user = mail
        exim_group = mail
        spool_directory = {{{folder}}}/spool
        log_file_path = {{{folder}}}/log/%slog
        keep_environment =
        host_lookup =
        rfc1413_query_timeout = 0s
        disable_ipv6 = true
        tls_advertise_hosts = *
        tls_certificate = {{{folder}}}/tls.pem
        auth_advertise_hosts = ${if def:tls_in_cipher {*}}
        smtputf8_advertise_hosts = *
        dsn_advertise_hosts = *
        smtp_accept_max_per_connection = 5
        acl_smtp_rcpt = recipient
        acl_smtp_data = body

        begin acl
        recipient:
          deny local_parts = hard
               message = 550 5.1.1 Unrouteable address
          defer local_parts = grey
               message = 451 4.7.1 Greylisted, come back later
          deny domains = auth.test
               !authenticated = *
               message = 530 5.7.0 Authentication required
          accept
        body:
          deny condition = ${if eq{$h_subject:}{refuse me}}
               message = 554 5.7.1 Message content rejected
          defer condition = ${if eq{$h_subject:}{later please}}
               message = 451 4.3.0 Scanner is busy
          accept

        begin routers
        everything:
          driver = accept
          transport = mailbox

        begin transports
        mailbox:
          driver = appendfile
          directory = {{{folder}}}/mail
          maildir_format
          envelope_to_add
          return_path_add
          user = mail
          group = mail

        begin authenticators
        plain:
          driver = plaintext
          public_name = PLAIN
          server_prompts = :
          server_condition = ${if and { {eq{$auth2}{news}} {eq{$auth3}{geheim}} } }
          server_set_id = $auth2
        login:
          driver = plaintext
          public_name = LOGIN
          server_prompts = Username:: : Password::
          server_condition = ${if and { {eq{$auth1}{news}} {eq{$auth2}{geheim}} } }
          server_set_id = $auth1

        """;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
