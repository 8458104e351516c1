using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using CrankMailer.Mail.Headers;
using CrankMailer.Mail.Listener;
using CrankMailer.Mail.Smtp;
using CrankMailer.Tests.Mail.Listener;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrankMailer.Tests.Mail.Smtp;

/// <summary>R62: what somebody in between puts in before TLS begins is never believed after.</summary>
public sealed class StartTlsInjectionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replies_sent_before_the_handshake_are_dropped_by_the_client()
    {
        using var certificate = TestCertificate.Make();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var commands = new List<string>();
        var serving = Task.Run(async () =>
        {
            using var client = await server.AcceptTcpClientAsync(Ct);
            var plain = client.GetStream();
            await SayAsync(plain, "220 x\r\n");
            await ReadLineAsync(plain);
            await SayAsync(plain, "250-x\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n");
            await ReadLineAsync(plain);
            // The forged EHLO reply comes in one packet with the go-ahead.
            await SayAsync(plain, "220 go\r\n250-x\r\n250 AUTH PLAIN\r\n");
            await using var tls = new SslStream(plain);
            await tls.AuthenticateAsServerAsync(certificate);
            commands.Add(await ReadLineAsync(tls));
            await SayAsync(tls, "250 x\r\n");
            commands.Add(await ReadLineAsync(tls));
        }, Ct);
        var endpoint = new SmtpEndpoint { Host = "127.0.0.1", Port = ((IPEndPoint)server.LocalEndpoint).Port, HeloName = "c.test", Security = SmtpSecurity.Required, AllowUntrustedCertificate = true, Credential = new SmtpCredential.Password("u", "p") };
        var (connection, failure) = await SmtpConnection.OpenAsync(endpoint, TimeProvider.System, Ct);
        Assert.Null(connection);
        Assert.Equal(SmtpFailure.AuthNotPossible, Assert.IsType<SmtpOutcome.NotSent>(failure).Failure);
        await serving;
        Assert.Equal(["EHLO c.test", ""], commands);
    }

    [Fact]
    public async Task Commands_sent_before_the_handshake_are_dropped_by_the_listener()
    {
        using var certificate = TestCertificate.Make();
        var capture = new KeepingHandler();
        await using var listener = SmtpListener.Start(new SmtpListenerOptions { Certificate = certificate }, capture, TimeProvider.System, NullLogger.Instance);
        using var client = new TcpClient();
        await client.ConnectAsync(listener.Endpoint, Ct);
        var plain = client.GetStream();
        await ReadLineAsync(plain);
        await SayAsync(plain, "STARTTLS\r\nEHLO evil.test\r\nMAIL FROM:<evil@x.test>\r\nRCPT TO:<b@y.test>\r\n");
        Assert.StartsWith("220", await ReadLineAsync(plain));
        await using var tls = new SslStream(plain, false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync("x");
        await SayAsync(tls, "DATA\r\nMAIL FROM:<a@x.test>\r\n");
        Assert.StartsWith("503", await ReadLineAsync(tls));
        Assert.StartsWith("503 5.5.1 Say EHLO", await ReadLineAsync(tls));
        Assert.Empty(capture.Mails);
    }

    private static async Task SayAsync(Stream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text), Ct);

    private static async Task<string> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var octet = new byte[1];
        while (await stream.ReadAsync(octet, Ct) > 0 && octet[0] != '\n') line.Append((char)octet[0]);
        return line.ToString().TrimEnd('\r');
    }
}
