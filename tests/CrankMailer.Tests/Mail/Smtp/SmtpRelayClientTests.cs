using System.Net;
using System.Text;
using CrankMailer.Mail.Headers;
using CrankMailer.Mail.Listener;
using CrankMailer.Mail.Smtp;
using CrankMailer.Tests.Mail.Listener;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrankMailer.Tests.Mail.Smtp;

/// <summary>Our client against our listener, over real sockets.</summary>
public sealed class SmtpRelayClientTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".\r\n")]
    [InlineData("\r\n.\r\n")]
    [InlineData("a\r\n.")]
    [InlineData("a\r\n..\r\n.\r\n\r\nb")]
    [InlineData("")]
    [InlineData("no line end")]
    public async Task Dots_arrive_as_they_were(string message)
    {
        var capture = new KeepingHandler();
        await using var listener = Start(capture);
        await using var client = Client(listener);
        Assert.IsType<SmtpOutcome.Accepted>(await client.SendAsync(Transaction(message), Ct));
        Assert.Equal(message.EndsWith("\r\n", StringComparison.Ordinal) || message.Length == 0 ? message : message + "\r\n", Assert.Single(capture.Mails).Message);
    }

    [Theory]
    [InlineData("a\n.\nMAIL FROM:<evil@x.test>\r\n")]
    [InlineData("a\r.\r\nb")]
    [InlineData("a\n.\r\nQUIT\r\n")]
    [InlineData("\n.\n")]
    public async Task A_bare_line_end_leaves_as_CRLF_and_cannot_end_the_message(string message)
    {
        var capture = new KeepingHandler();
        await using var listener = Start(capture);
        await using var client = Client(listener);
        Assert.IsType<SmtpOutcome.Accepted>(await client.SendAsync(Transaction(message), Ct));
        var expected = message.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.Equal(expected.TrimEnd('\r', '\n'), Assert.Single(capture.Mails).Message.TrimEnd('\r', '\n'));
    }

    [Fact]
    public async Task Random_bodies_of_any_size_arrive_whole()
    {
        var capture = new KeepingHandler();
        await using var listener = Start(capture);
        await using var client = Client(listener);
        var random = new Random(8);
        string[] pieces = [".", "\r\n", "\r\n.", "x", new string('y', 900), "\r\n..\r\n"];
        var sent = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            var message = string.Concat(Enumerable.Range(0, random.Next(1500)).Select(_ => pieces[random.Next(pieces.Length)])) + "\r\n";
            sent.Add(message);
            Assert.IsType<SmtpOutcome.Accepted>(await client.SendAsync(Transaction(message), Ct));
        }
        Assert.Equal(sent, capture.Mails.Select(mail => mail.Message));
    }

    [Fact]
    public async Task A_certificate_that_does_not_verify_is_taken_only_when_told_so()
    {
        using var certificate = TestCertificate.Make();
        var capture = new KeepingHandler();
        await using var listener = Start(capture, new SmtpListenerOptions { Certificate = certificate, Authenticate = (user, password) => (user, password) == ("u", "geheim") });
        var endpoint = Endpoint(listener) with { Security = SmtpSecurity.Required, Credential = new SmtpCredential.Password("u", "geheim") };
        foreach (var security in new[] { SmtpSecurity.Required, SmtpSecurity.Opportunistic })
        {
            await using var strict = new SmtpRelayClient(endpoint with { Security = security }, new SmtpPoolLimits(), TimeProvider.System, NullLogger.Instance);
            var refused = Assert.IsType<SmtpOutcome.NotSent>(await strict.SendAsync(Transaction("x"), Ct));
            Assert.Equal(SmtpFailure.CertificateRefused, refused.Failure);
        }
        await using var trusting = new SmtpRelayClient(endpoint with { AllowUntrustedCertificate = true }, new SmtpPoolLimits(), TimeProvider.System, NullLogger.Instance);
        var taken = Assert.IsType<SmtpOutcome.Accepted>(await trusting.SendAsync(Transaction("x"), Ct));
        Assert.StartsWith("Tls1", taken.Session.TlsVersion);
        Assert.Equal(IPAddress.Loopback, taken.Session.Remote?.Address.MapToIPv4());
        Assert.Equal((true, "u"), (Assert.Single(capture.Mails).Encrypted, capture.Mails.First().User));
    }

    [Fact]
    public async Task A_wrong_password_is_a_refusal_and_stays_out_of_the_transcript()
    {
        await using var listener = Start(new KeepingHandler(), new SmtpListenerOptions { Authenticate = (_, _) => false, AuthWithoutTls = true });
        await using var client = new SmtpRelayClient(Endpoint(listener) with { Credential = new SmtpCredential.Password("u", "geheim"), AuthWithoutTls = true }, new SmtpPoolLimits(), TimeProvider.System, NullLogger.Instance);
        var refused = Assert.IsType<SmtpOutcome.Refused>(await client.SendAsync(Transaction("x"), Ct));
        Assert.Equal((SmtpPhase.Auth, 535), (refused.Phase, refused.Reply.Code));
        Assert.Contains("C: AUTH PLAIN ********", refused.Transcript);
        Assert.DoesNotContain("geheim", new SmtpCredential.Password("u", "geheim").ToString());
    }

    [Fact]
    public async Task The_dot_waits_for_the_hand_over()
    {
        var capture = new KeepingHandler();
        await using var listener = Start(capture);
        await using var client = Client(listener);
        var gate = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        var sending = client.SendAsync(Transaction("x") with { BeforeFinalDot = async _ => { asked.SetResult(); await gate.Task; } }, Ct);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10), Ct);
        Assert.False(sending.IsCompleted);
        Assert.Empty(capture.Mails);
        gate.SetResult();
        Assert.IsType<SmtpOutcome.Accepted>(await sending);
    }

    [Fact]
    public async Task A_hand_over_that_fails_stops_the_message_and_passes_on()
    {
        var capture = new KeepingHandler();
        await using var listener = Start(capture);
        await using var client = Client(listener);
        foreach (var failure in new Exception[] { new InvalidOperationException("no disk"), new IOException("no disk"), new InvalidDataException("no disk") })
        {
            var thrown = await Assert.ThrowsAnyAsync<Exception>(() => client.SendAsync(Transaction("x") with { BeforeFinalDot = async _ => { await Task.Yield(); throw failure; } }, Ct));
            Assert.Same(failure, thrown);
        }
        Assert.IsType<SmtpOutcome.Accepted>(await client.SendAsync(Transaction("y"), Ct));
        Assert.Equal("y\r\n", Assert.Single(capture.Mails).Message);
    }

    [Fact]
    public async Task A_cancellation_before_the_dot_sends_nothing()
    {
        var capture = new KeepingHandler();
        await using var listener = Start(capture);
        await using var client = Client(listener);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendAsync(Transaction("x") with { BeforeFinalDot = async _ => await stop.CancelAsync() }, stop.Token));
        Assert.Empty(capture.Mails);
    }

    [Fact]
    public async Task A_cancellation_after_the_dot_still_learns_the_outcome()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var capture = new KeepingHandler { Message = _ => { stop.Cancel(); return new SmtpReply(250, "2.0.0 Taken"); } };
        await using var listener = Start(capture);
        await using var client = Client(listener);
        Assert.IsType<SmtpOutcome.Accepted>(await client.SendAsync(Transaction("x"), stop.Token));
    }

    [Fact]
    public async Task Nobody_there_is_data()
    {
        int port;
        await using (var listener = Start(new KeepingHandler())) port = listener.Endpoint.Port;
        await using var client = new SmtpRelayClient(new SmtpEndpoint { Host = "127.0.0.1", Port = port, HeloName = "c.test" }, new SmtpPoolLimits(), TimeProvider.System, NullLogger.Instance);
        var outcome = Assert.IsType<SmtpOutcome.NotSent>(await client.SendAsync(Transaction("x"), Ct));
        Assert.Equal((SmtpPhase.Connect, SmtpFailure.CannotConnect), (outcome.Phase, outcome.Failure));
        Assert.Equal(outcome.Failure, Assert.IsType<SmtpOutcome.NotSent>(await client.FindProblemAsync(Ct)).Failure);
    }

    [Fact]
    public async Task Connections_are_shared_reused_and_retired()
    {
        var peers = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        var capture = new KeepingHandler { Message = mail => { peers.AddOrUpdate(mail.Peer.Remote.Port, 1, (_, n) => n + 1); return new SmtpReply(250, "Ok"); } };
        await using var listener = Start(capture);
        await using var client = new SmtpRelayClient(Endpoint(listener), new SmtpPoolLimits { Connections = 3, MessagesPerConnection = 10 }, TimeProvider.System, NullLogger.Instance);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 90).Select(n => client.SendAsync(Transaction($"m{n}"), Ct)));
        Assert.All(outcomes, outcome => Assert.IsType<SmtpOutcome.Accepted>(outcome));
        Assert.Equal(90, capture.Mails.Select(mail => mail.Message).Distinct().Count());
        Assert.All(peers.Values, count => Assert.True(count <= 10));
        Assert.InRange(peers.Count, 9, 30);
    }

    [Fact]
    public async Task A_listener_that_restarts_loses_nothing()
    {
        var capture = new KeepingHandler();
        var listener = Start(capture);
        var endpoint = listener.Endpoint;
        await using var client = Client(listener);
        Assert.IsType<SmtpOutcome.Accepted>(await client.SendAsync(Transaction("one"), Ct));
        await listener.DisposeAsync();
        await using var again = SmtpListener.Start(new SmtpListenerOptions { Endpoint = endpoint }, capture, TimeProvider.System, NullLogger.Instance);
        Assert.IsType<SmtpOutcome.Accepted>(await client.SendAsync(Transaction("two"), Ct));
    }

    [Theory]
    [InlineData("mail.example.org\r\nMAIL")]
    [InlineData("")]
    [InlineData("a b")]
    public void A_helo_name_that_is_no_name_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new SmtpEndpoint { Host = "x", HeloName = name });

    private static SmtpListener Start(KeepingHandler capture, SmtpListenerOptions? options = null) => SmtpListener.Start(options ?? new SmtpListenerOptions(), capture, TimeProvider.System, NullLogger.Instance);

    private static SmtpRelayClient Client(SmtpListener listener) => new(Endpoint(listener), new SmtpPoolLimits(), TimeProvider.System, NullLogger.Instance);

    private static SmtpEndpoint Endpoint(SmtpListener listener) => new() { Host = "127.0.0.1", Port = listener.Endpoint.Port, HeloName = "client.test" };

    private static SmtpTransaction Transaction(string message) => new(EmailAddress.Create("bounce+1@news.test"), EmailAddress.Create("ann@example.test"), Encoding.Latin1.GetBytes(message));
}
