using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CrankMailer.Mail.Headers;
using CrankMailer.Mail.Listener;
using CrankMailer.Mail.Smtp;
using CrankMailer.Tests.Mail.Listener;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrankMailer.Tests.Mail.Smtp;

/// <summary>R62: whose certificate is taken, and what is said of one that is not.</summary>
public sealed class CertificateTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SmtpSecurity.Required)]
    [InlineData(SmtpSecurity.Opportunistic)]
    public async Task A_certificate_for_this_host_by_a_trusted_authority_is_taken(SmtpSecurity security)
    {
        using var certificate = TestCertificate.Issue("localhost");
        var outcome = await SendAsync(certificate, new SmtpEndpoint { Host = "localhost", HeloName = "c.test", Security = security, Authorities = [TestCertificate.Authority] });
        Assert.StartsWith("Tls1", Assert.IsType<SmtpOutcome.Accepted>(outcome).Session.TlsVersion);
    }

    [Fact]
    public async Task An_address_is_a_name_as_well()
    {
        using var certificate = TestCertificate.Issue("127.0.0.1");
        Assert.IsType<SmtpOutcome.Accepted>(await SendAsync(certificate, new SmtpEndpoint { Host = "127.0.0.1", HeloName = "c.test", Security = SmtpSecurity.Required, Authorities = [TestCertificate.Authority] }));
    }

    [Theory]
    [InlineData("relay.test", -1, 1, true, "it is for relay.test, not for localhost")]
    [InlineData("localhost", -9, -2, true, "it is valid from")]
    [InlineData("localhost", 2, 9, true, "it is valid from")]
    [InlineData("localhost", -1, 1, false, "Test Authority is not")]
    [InlineData("relay.test", -9, -2, false, "it is for relay.test, not for localhost; it is valid from")]
    public async Task What_is_wrong_with_another_is_said(string name, int fromDay, int toDay, bool trusted, string why)
    {
        using var certificate = TestCertificate.Issue(name, fromDay, toDay);
        var endpoint = new SmtpEndpoint { Host = "localhost", HeloName = "c.test", Security = SmtpSecurity.Required, Authorities = trusted ? [TestCertificate.Authority] : [] };
        var refused = Assert.IsType<SmtpOutcome.NotSent>(await SendAsync(certificate, endpoint));
        Assert.Equal((SmtpPhase.StartTls, SmtpFailure.CertificateRefused), (refused.Phase, refused.Failure));
        Assert.StartsWith("The certificate of localhost is not taken: ", refused.Text);
        Assert.Contains(why, refused.Text);

        var taken = Assert.IsType<SmtpOutcome.Accepted>(await SendAsync(certificate, endpoint with { AllowUntrustedCertificate = true }));
        Assert.StartsWith("Tls1", taken.Session.TlsVersion);
    }

    [Fact]
    public async Task One_signed_by_itself_is_taken_when_it_is_the_one_we_were_given()
    {
        using var own = TestCertificate.Make("localhost");
        using var impostor = TestCertificate.Make("localhost");
        using var renamed = TestCertificate.Make();
        var endpoint = new SmtpEndpoint { Host = "localhost", HeloName = "c.test", Security = SmtpSecurity.Required };
        Assert.Contains("signed by itself", Assert.IsType<SmtpOutcome.NotSent>(await SendAsync(own, endpoint)).Text);
        Assert.IsType<SmtpOutcome.Accepted>(await SendAsync(own, endpoint with { Authorities = [own] }));
        Assert.Contains("signed by itself", Assert.IsType<SmtpOutcome.NotSent>(await SendAsync(impostor, endpoint with { Authorities = [own] })).Text);
        Assert.EndsWith("not taken: it is for relay.test, not for localhost.", Assert.IsType<SmtpOutcome.NotSent>(await SendAsync(renamed, endpoint with { Authorities = [renamed] })).Text);
    }

    [Fact]
    public async Task What_was_overlooked_stands_in_the_transcript()
    {
        using var certificate = TestCertificate.Make();
        var handler = new KeepingHandler { Recipient = _ => new SmtpReply(550, "5.1.1 No") };
        await using var listener = SmtpListener.Start(new SmtpListenerOptions { Certificate = certificate }, handler, TimeProvider.System, NullLogger.Instance);
        var endpoint = new SmtpEndpoint { Host = "127.0.0.1", Port = listener.Endpoint.Port, HeloName = "c.test", Security = SmtpSecurity.Required, AllowUntrustedCertificate = true };
        await using var client = new SmtpRelayClient(endpoint, new SmtpPoolLimits(), TimeProvider.System, NullLogger.Instance);
        Assert.Contains((await client.SendAsync(Transaction, Ct)).Transcript, line => line.StartsWith("-- taken all the same, as set up: The certificate of 127.0.0.1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_host_is_named_in_the_handshake()
    {
        using var certificate = TestCertificate.Issue("localhost");
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var named = Task.Run(async () =>
        {
            using var client = await server.AcceptTcpClientAsync(Ct);
            await using var tls = new SslStream(client.GetStream());
            string? name = null;
            await tls.AuthenticateAsServerAsync((_, hello, _, _) => { name = hello.ServerName; return ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificate = certificate }); }, null, Ct);
            await tls.WriteAsync(Encoding.ASCII.GetBytes("421 bye\r\n"), Ct);
            return name;
        }, Ct);
        var endpoint = new SmtpEndpoint { Host = "localhost", Port = ((IPEndPoint)server.LocalEndpoint).Port, HeloName = "c.test", Security = SmtpSecurity.Implicit, Authorities = [TestCertificate.Authority] };
        var (_, failure) = await SmtpConnection.OpenAsync(endpoint, TimeProvider.System, Ct);
        Assert.Equal(421, Assert.IsType<SmtpOutcome.Refused>(failure).Reply.Code);
        Assert.Equal("localhost", await named);
    }

    private static SmtpTransaction Transaction => new(null, EmailAddress.Create("ann@example.test"), "Subject: x\r\n\r\nx\r\n"u8.ToArray());

    private static async Task<SmtpOutcome> SendAsync(X509Certificate2 certificate, SmtpEndpoint endpoint)
    {
        await using var listener = SmtpListener.Start(new SmtpListenerOptions { Certificate = certificate }, new KeepingHandler(), TimeProvider.System, NullLogger.Instance);
        await using var client = new SmtpRelayClient(endpoint with { Port = listener.Endpoint.Port }, new SmtpPoolLimits(), TimeProvider.System, NullLogger.Instance);
        return await client.SendAsync(Transaction, Ct);
    }
}
