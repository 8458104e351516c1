using System.Net.Sockets;
using System.Text;
using CrankMailer.Mail.Listener;
using CrankMailer.Mail.Smtp;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrankMailer.Tests.Mail.Listener;

public sealed class SmtpListenerTests
{
    private const string Hello = "EHLO c.test\r\n";
    private const string Envelope = "MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\n";

    [Fact]
    public async Task A_pipelined_session_is_answered_in_order()
    {
        var capture = new KeepingHandler();
        var replies = await TalkAsync(capture, new(), Hello + Envelope + "DATA\r\nSubject: x\r\n\r\n..dot\r\n.\r\n" + Envelope.Replace("<a@x.test>", "<> SIZE=10 BODY=8BITMIME", StringComparison.Ordinal) + "RSET\r\nNOOP\r\nVRFY b\r\nQUIT\r\n");
        Assert.Equal("220 250 250 250 354 250 250 250 250 250 252 221", Codes(replies));
        Assert.Equal(("a@x.test", "b@y.test", "Subject: x\r\n\r\n.dot\r\n", false, null), Assert.Single(capture.Mails));
        foreach (var keyword in new[] { "PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE 33554432", "ENHANCEDSTATUSCODES", "LIMITS " }) Assert.Contains(keyword, replies);
        Assert.DoesNotContain("STARTTLS", replies);
        Assert.DoesNotContain("AUTH", replies);
    }

    [Theory]
    [InlineData("\n.\r\n")]
    [InlineData("\r\n.\n")]
    [InlineData("\n.\n")]
    [InlineData("\r.\r")]
    [InlineData("\r\r\n.\r\n")]
    [InlineData("x\ry\r\n")]
    public async Task A_bare_line_end_ends_no_message_and_smuggles_none(string end)
    {
        var capture = new KeepingHandler();
        var replies = await TalkAsync(capture, new(), Hello + Envelope + $"DATA\r\nfirst{end}MAIL FROM:<evil@x.test>\r\nRCPT TO:<b@y.test>\r\nDATA\r\nsecond\r\n.\r\nQUIT\r\n");
        Assert.Equal("220 250 250 250 354 521", Codes(replies));
        Assert.Empty(capture.Mails);
    }

    [Theory]
    [InlineData("MAIL FROM:<a@x.test>\r\n", "503")]
    [InlineData(Hello + "RCPT TO:<b@y.test>\r\n", "503")]
    [InlineData(Hello + "DATA\r\n", "503")]
    [InlineData(Hello + "MAIL FROM:a@x.test\r\n", "501")]
    [InlineData(Hello + "MAIL FROM:<a@x.test\r\n", "501")]
    [InlineData(Hello + "MAIL FROM:<a@x.test> SIZE=99999999999\r\n", "552")]
    [InlineData(Hello + "MAIL FROM:<a@x.test> SIZE=x\r\n", "501")]
    [InlineData(Hello + "MAIL FROM:<a@x.test> FOO=1\r\n", "555")]
    [InlineData(Hello + "MAIL FROM:<ä@x.test>\r\n", "553")]
    [InlineData(Hello + "MAIL FROM:<a@x.test>\r\nMAIL FROM:<a@x.test>\r\n", "503")]
    [InlineData(Hello + "MAIL FROM:<a@x.test>\r\nRCPT TO:<>\r\n", "501")]
    [InlineData(Hello + "STARTTLS\r\n", "502")]
    [InlineData(Hello + "AUTH PLAIN x\r\n", "502")]
    [InlineData("FOO\r\n", "500")]
    [InlineData("EHLO\r\n", "501")]
    public async Task What_is_wrong_is_refused(string commands, string code) => Assert.EndsWith(code, Codes(await TalkAsync(new(), new(), commands)));

    [Fact]
    public async Task Limits_hold()
    {
        var options = new SmtpListenerOptions { MaxMessageOctets = 100, MaxRecipients = 1, MaxMessages = 1, MaxErrors = 3 };
        Assert.Equal("220 250 250 250 452 354 552 452", Codes(await TalkAsync(new(), options, Hello + Envelope + "RCPT TO:<c@y.test>\r\nDATA\r\n" + new string('x', 300) + "\r\n.\r\n" + "MAIL FROM:<a@x.test>\r\n")));
        Assert.Equal("220 500 500 500 421", Codes(await TalkAsync(new(), options, "A\r\nB\r\nC\r\nD\r\n")));
        Assert.Equal("220", Codes(await TalkAsync(new(), options, new string('x', 50_000))));
        Assert.Equal("220 250 250 250 354", Codes(await TalkAsync(new(), options, Hello + Envelope + "DATA\r\n" + new string('x', 5_000))));
    }

    [Fact]
    public async Task The_handler_decides_and_its_failure_keeps_the_mail_with_the_sender()
    {
        var capture = new KeepingHandler
        {
            Recipient = recipient => recipient.StartsWith('n') ? new SmtpReply(550, "5.1.1 No") : recipient.StartsWith('f') ? throw new InvalidOperationException() : new SmtpReply(250, "Ok"),
            Message = _ => throw new InvalidOperationException(),
        };
        var replies = await TalkAsync(capture, new(), Hello + Envelope + "RCPT TO:<no@y.test>\r\nRCPT TO:<f@y.test>\r\nDATA\r\nx\r\n.\r\nQUIT\r\n");
        Assert.Equal("220 250 250 250 550 451 354 451 221", Codes(replies));
    }

    [Fact]
    public async Task Nobody_sends_without_logging_in_where_that_is_asked()
    {
        var options = new SmtpListenerOptions { Authenticate = (user, password) => (user, password) == ("u", "p"), AuthWithoutTls = true };
        var capture = new KeepingHandler();
        Assert.Equal("220 250 530 535 235 250 250 354 250", Codes(await TalkAsync(capture, options, Hello + "MAIL FROM:<a@x.test>\r\nAUTH PLAIN AHUAeA==\r\nAUTH PLAIN AHUAcA==\r\n" + Envelope + "DATA\r\nx\r\n.\r\n")));
        Assert.Equal("u", Assert.Single(capture.Mails).User);
        Assert.Equal("220 250 334 334 235", Codes(await TalkAsync(new(), options, Hello + "AUTH LOGIN\r\ndQ==\r\ncA==\r\n")));
        Assert.Equal("220 250 538", Codes(await TalkAsync(new(), options with { AuthWithoutTls = false }, Hello + "AUTH PLAIN AHUAcA==\r\n")));
    }

    [Fact]
    public async Task Too_many_connections_are_told_to_come_again()
    {
        await using var listener = SmtpListener.Start(new SmtpListenerOptions { MaxConnections = 1 }, new KeepingHandler(), TimeProvider.System, NullLogger.Instance);
        using var first = new TcpClient();
        await first.ConnectAsync(listener.Endpoint, TestContext.Current.CancellationToken);
        await first.GetStream().ReadExactlyAsync(new byte[3], TestContext.Current.CancellationToken);
        Assert.StartsWith("421", await TalkAsync(listener, ""));
    }

    [Fact]
    public async Task One_address_cannot_take_every_connection()
    {
        await using var listener = SmtpListener.Start(new SmtpListenerOptions { MaxConnectionsPerAddress = 2 }, new KeepingHandler(), TimeProvider.System, NullLogger.Instance);
        using var first = await GreetedAsync(listener);
        var second = await GreetedAsync(listener);
        Assert.StartsWith("421", await TalkAsync(listener, ""));
        second.Dispose();
        for (var tries = 0; (await TalkAsync(listener, "QUIT\r\n")).StartsWith("421", StringComparison.Ordinal); tries++) Assert.True(tries < 1000, "a connection that ended still counts");
    }

    [Theory]
    [InlineData("NOOP\r\n")]
    [InlineData("RSET\r\n")]
    [InlineData("VRFY x\r\n")]
    [InlineData(Hello)]
    public async Task Commands_that_bring_no_message_do_not_hold_a_connection_for_ever(string command)
    {
        var options = new SmtpListenerOptions { MaxIdleCommands = 3 };
        Assert.EndsWith(" 421", Codes(await TalkAsync(new(), options, string.Concat(Enumerable.Repeat(command, 50)))));
        var working = Hello + string.Concat(Enumerable.Repeat("RSET\r\n" + Envelope + "DATA\r\nx\r\n.\r\n", 10)) + "QUIT\r\n";
        Assert.EndsWith(" 250 221", Codes(await TalkAsync(new(), options, working)));
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData("EHL", 5)]
    [InlineData(Hello + "MAIL FROM:<a@x.test>\r\n", 5)]
    [InlineData(Hello + "STARTTLS\r\n", 5)]
    [InlineData(Hello + Envelope + "DATA\r\nSubject: ", 20)]
    public async Task Who_drips_or_falls_silent_is_let_go(string commands, int minutes)
    {
        var ct = TestContext.Current.CancellationToken;
        var clock = new SteppedClock();
        await using var listener = SmtpListener.Start(new SmtpListenerOptions { Certificate = TestCertificate.Shared }, new KeepingHandler(), clock, NullLogger.Instance);
        using var client = new TcpClient();
        await client.ConnectAsync(listener.Endpoint, ct);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(commands), ct);
        var dripping = true;
        var ended = Task.Run(async () =>
        {
            var buffer = new byte[4096];
            try { while (await stream.ReadAsync(buffer, ct) > 0) { } }
            catch (IOException) { }
        }, ct);
        var drip = Task.Run(async () =>
        {
            // An octet now and then, as a slow-loris sends it, keeps no line and no body open.
            while (dripping && commands.Length > 0 && !commands.EndsWith('\n'))
            {
                try { await stream.WriteAsync("x"u8.ToArray(), ct); }
                catch (IOException) { return; }
                await Task.Delay(5, ct);
            }
        }, ct);
        var waited = await clock.AdvanceUntilAsync(ended, TimeSpan.FromMinutes(1));
        dripping = false;
        await drip;
        // How far the clock was moved on while the session only came to its wait is chance.
        Assert.InRange(waited, TimeSpan.FromMinutes(minutes), TimeSpan.FromHours(10));
    }

    [Fact]
    public async Task What_is_no_mail_at_all_is_soon_sent_away()
    {
        await using var listener = SmtpListener.Start(new SmtpListenerOptions { MaxErrors = 5 }, new KeepingHandler(), TimeProvider.System, NullLogger.Instance);
        Assert.EndsWith(" 421", Codes(await TalkAsync(listener, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n" + Hello.Replace("EHLO", "X", StringComparison.Ordinal) + "EHLO\r\nMAIL\r\n")));
        await TalkAsync(listener, "\u0016\u0003\u0001\0\u0001\0" + new string('\0', 20_000));
        Assert.Equal("220 250 500", Codes(await TalkAsync(listener, Hello + "BDAT 10 LAST\r\n")));
        Assert.Equal("220 221", Codes(await TalkAsync(listener, "QUIT\r\n")));
    }

    [Fact]
    public async Task Random_commands_never_end_the_listener()
    {
        await using var listener = SmtpListener.Start(new SmtpListenerOptions(), new KeepingHandler(), TimeProvider.System, NullLogger.Instance);
        var random = new Random(4);
        string[] pieces = [Hello, Envelope, "DATA\r\n", "\r\n.\r\n", ".", "\n", "\0", "AUTH LOGIN\r\n", "MAIL FROM:<\"a>\" b@x>\r\n", "é\r\n", "RSET\r\n", "RCPT TO:<@a,@b:c@d>\r\n", " "];
        for (var i = 0; i < 40; i++) await TalkAsync(listener, string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)])));
        Assert.Equal("220 221", Codes(await TalkAsync(listener, "QUIT\r\n")));
    }

    private static async Task<TcpClient> GreetedAsync(SmtpListener listener)
    {
        var client = new TcpClient();
        await client.ConnectAsync(listener.Endpoint, TestContext.Current.CancellationToken);
        var greeting = new byte[3];
        await client.GetStream().ReadExactlyAsync(greeting, TestContext.Current.CancellationToken);
        Assert.Equal("220", Encoding.ASCII.GetString(greeting));
        return client;
    }

    private static async Task<string> TalkAsync(KeepingHandler capture, SmtpListenerOptions options, string commands)
    {
        await using var listener = SmtpListener.Start(options, capture, TimeProvider.System, NullLogger.Instance);
        return await TalkAsync(listener, commands);
    }

    /// <summary>Says it all at once, and returns all that came back until the listener closed.</summary>
    private static async Task<string> TalkAsync(SmtpListener listener, string commands)
    {
        var ct = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(listener.Endpoint, ct);
        var stream = client.GetStream();
        var replies = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(commands), ct);
            client.Client.Shutdown(SocketShutdown.Send);
            while (await stream.ReadAsync(buffer, ct) is > 0 and var read) replies.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The listener may close on what it refuses to read to the end.
        }
        return replies.ToString();
    }

    private static string Codes(string replies) =>
        string.Join(' ', replies.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Where(line => line.Length < 4 || line[3] != '-').Select(line => line[..3]));
}
