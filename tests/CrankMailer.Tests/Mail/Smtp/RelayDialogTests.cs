using System.Text;
using CrankMailer.Mail.Headers;
using CrankMailer.Mail.Smtp;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrankMailer.Tests.Mail.Smtp;

/// <summary>Every dialog of cases/relay: what odd relays do, and what must come of it.</summary>
public sealed class RelayDialogTests
{
    private const string Small = "Subject: dots\r\n\r\n.one\r\n..two\r\nthree.\r\n.\r\nend\r\n";

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Mail", "cases", "relay");

    public static TheoryData<string> Cases => [.. Directory.GetFiles(Folder, "*.smtp").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_dialog_ends_as_written(string name)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var relay = new ScriptedRelay(await File.ReadAllTextAsync(Path.Combine(Folder, name + ".smtp"), ct));
        var message = relay.Options.Contains("big body") ? Small + string.Concat(Enumerable.Repeat(new string('x', 998) + "\r\n", 20_000))
            : relay.Options.Contains("8-bit body") ? Small + "h\u00e4fen\r\n"
            : Small;
        var endpoint = Endpoint(relay);
        await using var client = new SmtpRelayClient(endpoint, new SmtpPoolLimits { Connections = 1 }, TimeProvider.System, NullLogger.Instance);
        var handedOver = 0;
        foreach (var expected in relay.Expected)
        {
            var called = 0;
            var outcome = await client.SendAsync(Transaction(message, relay) with { BeforeFinalDot = _ => { called++; return ValueTask.CompletedTask; } }, ct);
            Assert.Equal(expected, Describe(outcome));
            Assert.True(called <= 1, "the hand-over hook was called more than once");
            if (outcome is SmtpOutcome.Accepted or SmtpOutcome.Unknown) Assert.Equal(1, called);
            if (outcome is SmtpOutcome.Accepted) handedOver++;
            if (outcome is not SmtpOutcome.Accepted) Assert.NotEmpty(outcome.Transcript);
            Assert.DoesNotContain(outcome.Transcript.Append(outcome.ToString()), line => Secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal)));
            Assert.All(outcome.Transcript, line => Assert.DoesNotContain(line, char.IsControl));
        }
        await client.DisposeAsync();
        await relay.FinishAsync();
        Assert.Empty(relay.Deviations);
        if (message == Small) Assert.All(relay.Bodies.Take(handedOver), body => Assert.Equal(Small, body.Replace("\r\n.", "\r\n", StringComparison.Ordinal)));
    }

    private static SmtpEndpoint Endpoint(ScriptedRelay relay) => new()
    {
        Host = "127.0.0.1", Port = relay.Port, HeloName = "client.test",
        Security = relay.Options.Contains("tls required") ? SmtpSecurity.Required : relay.Options.Contains("tls at once") ? SmtpSecurity.Implicit : SmtpSecurity.Opportunistic,
        AllowUntrustedCertificate = relay.Options.Contains("any certificate"),
        Credential = CredentialOf(relay),
        AuthWithoutTls = relay.Options.Contains("auth in the clear"),
        Timeouts = relay.Options.Contains("short time-outs")
            ? new SmtpTimeouts { Connect = Short, Mail = Short, Rcpt = Short, Data = Short, Block = Short, Dot = Short, Quit = Short }
            : new SmtpTimeouts { Quit = TimeSpan.FromSeconds(1) },
    };

    private static SmtpCredential? CredentialOf(ScriptedRelay relay)
    {
        var tokens = new Queue<string>(["geheim", "geheimer"]);
        return relay.Options.Contains("token refused") ? new SmtpCredential.Bearer("user", (_, _) => ValueTask.FromResult<BearerToken>(new BearerToken.Refused("invalid_grant")))
            : relay.Options.Contains("token unavailable") ? new SmtpCredential.Bearer("user", (_, _) => ValueTask.FromResult<BearerToken>(new BearerToken.Unavailable("no answer")))
            : relay.Options.Contains("long token") ? new SmtpCredential.Bearer("user", (_, _) => ValueTask.FromResult<BearerToken>(new BearerToken.Given(LongToken)))
            : relay.Options.Contains("token") ? new SmtpCredential.Bearer("user", (_, _) => ValueTask.FromResult<BearerToken>(new BearerToken.Given(tokens.Dequeue())))
            : relay.Options.Contains("long password") ? new SmtpCredential.Password("user", LongToken)
            : relay.Options.Any(option => option.StartsWith("auth", StringComparison.Ordinal)) ? new SmtpCredential.Password("user", "geheim")
            : null;
    }

    private static string LongToken { get; } = "geheim" + new string('x', 500);

    private static IReadOnlyList<string> Secrets { get; } = ["geheim", Base64("geheim")[..^1], Base64("\0user\0geheim")[..^3], Base64("user=user\u0001auth=Bearer geheim\u0001\u0001")];

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static TimeSpan Short => TimeSpan.FromMilliseconds(150);

    private static SmtpTransaction Transaction(string message, ScriptedRelay relay) => new(
        relay.Options.Contains("null sender") ? null : EmailAddress.Create("bounce+t1@news.test"),
        EmailAddress.Create(relay.Options.Contains("utf8 recipient") ? "jörg@bücher.example" : "ann@example.test"),
        Encoding.UTF8.GetBytes(message))
    {
        Dsn = relay.Options.Contains("dsn") ? new SmtpDsn("id+1=2") : null,
    };

    private static string Describe(SmtpOutcome outcome) => outcome switch
    {
        SmtpOutcome.Accepted { Reply: var reply } => $"Accepted {reply.Code}",
        SmtpOutcome.Refused { Reply: var reply } => $"Refused {outcome.Phase} {reply.Code} {reply.EnhancedCode}".TrimEnd(),
        SmtpOutcome.NotSent { Failure: var failure } => $"NotSent {outcome.Phase} {failure}",
        SmtpOutcome.Unknown { Failure: var failure } => $"Unknown {failure}",
        _ => throw new InvalidOperationException(),
    };
}
