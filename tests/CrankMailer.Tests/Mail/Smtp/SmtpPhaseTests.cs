using CrankMailer.Mail.Headers;
using CrankMailer.Mail.Smtp;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrankMailer.Tests.Mail.Smtp;

/// <summary>A server that falls silent at each phase of the conversation: how long it is waited for (R67), and how soon a cancellation is obeyed.</summary>
public sealed class SmtpPhaseTests
{
    private const string Hello = "S: 220 relay.test\nC: EHLO *\n";
    private const string Plain = Hello + "S: 250 relay.test\n";
    private const string Envelope = "C: MAIL FROM:*\nS: 250 ok\nC: RCPT TO:*\nS: 250 ok\nC: DATA\n";
    private const string Pipelined = Hello + "S: 250-relay.test\nS: 250 PIPELINING\nC: MAIL FROM:*\nC: RCPT TO:*\nC: DATA\n";

    private static readonly TimeSpan HalfAMinute = TimeSpan.FromSeconds(30);

    /// <summary>Real time in which the client comes to its wait, after the server saw the command.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Name, dialog up to the silence, minutes of RFC 5321 4.5.3.2, phase.</summary>
    public static TheoryData<string, string, int, SmtpPhase> Silences => new()
    {
        { "greeting", "", 5, SmtpPhase.Connect },
        { "EHLO", Hello, 5, SmtpPhase.Ehlo },
        { "STARTTLS", Hello + "S: 250-relay.test\nS: 250 STARTTLS\nC: STARTTLS\n", 5, SmtpPhase.StartTls },
        { "handshake", Hello + "S: 250-relay.test\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\n", 5, SmtpPhase.StartTls },
        { "AUTH", "O: auth\n" + Hello + "S: 250-relay.test\nS: 250 AUTH PLAIN\nC: AUTH *\n", 5, SmtpPhase.Auth },
        { "MAIL", Plain + "C: MAIL FROM:*\n", 5, SmtpPhase.Mail },
        { "RCPT", Plain + "C: MAIL FROM:*\nS: 250 ok\nC: RCPT TO:*\n", 5, SmtpPhase.Rcpt },
        { "DATA", Plain + Envelope, 2, SmtpPhase.Data },
        { "MAIL, pipelined", Pipelined, 5, SmtpPhase.Mail },
        { "RCPT, pipelined", Pipelined + "S: 250 ok\n", 5, SmtpPhase.Rcpt },
        { "DATA, pipelined", Pipelined + "S: 250 ok\nS: 250 ok\n", 2, SmtpPhase.Data },
        { "block of the body", "O: big\n" + Plain + Envelope + "S: 354 go\n", 3, SmtpPhase.Dot },
        { "final dot", Plain + Envelope + "S: 354 go\nC: (body)\n", 10, SmtpPhase.Dot },
    };

    [Theory, MemberData(nameof(Silences))]
    public async Task A_silent_server_is_waited_for_as_long_as_the_standard_asks(string name, string dialog, int minutes, SmtpPhase phase)
    {
        var clock = new SteppedClock();
        await using var relay = new ScriptedRelay(dialog + "X: stall");
        await using var client = Client(relay, clock);
        var sending = client.SendAsync(Message(relay), Ct);
        await relay.Stalling.WaitAsync(TimeSpan.FromSeconds(10), Ct);
        // Until the buffers on the way are full, a body goes on, and every block has its own time.
        await Task.Delay(relay.Options.Contains("big") ? 15 * Settle : Settle, Ct);
        clock.Advance(TimeSpan.FromMinutes(minutes) - HalfAMinute);
        await Task.Delay(Settle, Ct);
        Assert.False(sending.IsCompleted, "it was not waited for long enough");
        var waited = await clock.AdvanceUntilAsync(sending, HalfAMinute, patience: TimeSpan.FromSeconds(1));
        var outcome = await sending;
        Assert.Equal(phase, outcome.Phase);
        Assert.Equal(SmtpFailure.TimedOut, name == "final dot" ? Assert.IsType<SmtpOutcome.Unknown>(outcome).Failure : Assert.IsType<SmtpOutcome.NotSent>(outcome).Failure);
        Assert.InRange(waited, HalfAMinute, 3 * HalfAMinute);
    }

    [Theory, MemberData(nameof(Silences))]
    public async Task A_cancellation_is_obeyed_at_once_and_after_the_dot_the_reply_is_waited_for_a_little(string name, string dialog, int minutes, SmtpPhase phase)
    {
        Assert.InRange(minutes, 2, 10);
        var clock = new SteppedClock();
        await using var relay = new ScriptedRelay(dialog + "X: stall");
        await using var client = Client(relay, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var sending = client.SendAsync(Message(relay), stop.Token);
        await relay.Stalling.WaitAsync(TimeSpan.FromSeconds(10), Ct);
        await stop.CancelAsync();
        if (name != "final dot")
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(TimeSpan.FromSeconds(10), Ct));
            return;
        }
        Assert.Equal(SmtpPhase.Dot, phase);
        await Task.Delay(Settle, Ct);
        clock.Advance(TimeSpan.FromSeconds(8));
        await Task.Delay(Settle, Ct);
        Assert.False(sending.IsCompleted, "the reply was not waited for");
        Assert.InRange(await clock.AdvanceUntilAsync(sending, TimeSpan.FromSeconds(2), patience: TimeSpan.FromSeconds(1)), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6));
        Assert.IsType<SmtpOutcome.Unknown>(await sending);
    }

    private static SmtpRelayClient Client(ScriptedRelay relay, TimeProvider clock) => new(
        new SmtpEndpoint
        {
            Host = "127.0.0.1", Port = relay.Port, HeloName = "client.test", AuthWithoutTls = true,
            Credential = relay.Options.Contains("auth") ? new SmtpCredential.Password("user", "geheim") : null,
        },
        new SmtpPoolLimits(), clock, NullLogger.Instance);

    private static SmtpTransaction Message(ScriptedRelay relay) =>
        new(null, EmailAddress.Create("ann@example.test"), relay.Options.Contains("big") ? new byte[20_000_000] : "Subject: x\r\n\r\nx\r\n"u8.ToArray());
}
