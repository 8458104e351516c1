using System.Net.Sockets;
using CrankMailer.Mail.Headers;

namespace CrankMailer.Mail.Smtp;

/// <summary>An open connection to a relay, for one message after another; not for two at once (R75).</summary>
public sealed class SmtpConnection : IAsyncDisposable
{
    private readonly SmtpEndpoint endpoint;
    private readonly SmtpWire wire;
    private readonly SmtpTranscript transcript;
    private readonly HashSet<string> domains = [];
    private bool needsReset;

    private SmtpConnection(SmtpEndpoint endpoint, SmtpWire wire, SmtpCapabilities capabilities, SmtpSession session, SmtpTranscript transcript)
    {
        this.endpoint = endpoint;
        this.wire = wire;
        this.transcript = transcript;
        (Capabilities, Session) = (capabilities, session);
    }

    public SmtpCapabilities Capabilities { get; }

    public SmtpSession Session { get; }

    /// <summary>MAIL commands so far.</summary>
    public int Transactions { get; private set; }

    /// <summary>False once the server or we ended it; then only dispose of it.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <summary>The opening and the last transaction, secrets masked.</summary>
    public IReadOnlyList<string> Transcript => transcript.Lines;

    /// <summary>Connects, encrypts, logs in.</summary>
    /// <returns>A connection, or why there is none (Refused or NotSent).</returns>
    /// <exception cref="OperationCanceledException">ct was cancelled.</exception>
    public static async Task<(SmtpConnection? Connection, SmtpOutcome? Failure)> OpenAsync(SmtpEndpoint endpoint, TimeProvider clock, CancellationToken ct)
    {
        var transcript = new SmtpTranscript();
        var opening = new SmtpOpening(endpoint, clock, transcript);
        var (wire, failure) = await opening.RunAsync(ct);
        return wire is null ? (null, failure) : (new SmtpConnection(endpoint, wire, opening.Capabilities, opening.Session, transcript), null);
    }

    /// <summary>Whether one more message to this domain is within the server's LIMITS (RFC 9422, R74).</summary>
    public bool MayTake(string recipientDomain) => IsUsable
        && (Capabilities.MailMax is not { } mails || Transactions < mails)
        && (Capabilities.RcptDomainMax is not { } most || domains.Count < most || domains.Contains(recipientDomain));

    /// <summary>True when the idle connection still looks alive.</summary>
    public bool IsHealthy() => IsUsable && !wire.HasUnexpectedInput();

    /// <summary>Hands one message over.</summary>
    /// <exception cref="OperationCanceledException">ct was cancelled and the final dot was not sent: surely not taken. A
    /// cancellation after the dot waits a little for the reply and gives an outcome.</exception>
    public async Task<SmtpOutcome> SendAsync(SmtpTransaction message, CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(!IsUsable, this);
        transcript.BeginTransaction();
        if (FindRefusal(message) is { } refusal)
        {
            transcript.Note(refusal.Text);
            return refusal with { Transcript = transcript.Lines };
        }
        Transactions++;
        domains.Add(message.Recipient.Domain);
        var exchange = new SmtpExchange(endpoint, wire, Capabilities, transcript, message);
        var outcome = await RunAsync(exchange, ct);
        needsReset = outcome is SmtpOutcome.Refused;
        // R75: after an error the connection goes on with RSET, after a 421 or a broken one there is none.
        if (outcome is not (SmtpOutcome.Accepted or SmtpOutcome.Refused { Reply.Code: not 421 }) || exchange.BrokeOff) await AbortAsync();
        return outcome is SmtpOutcome.Accepted ? outcome : outcome with { Transcript = transcript.Lines };
    }

    /// <summary>Says goodbye and closes.</summary>
    public async Task QuitAsync(CancellationToken ct)
    {
        if (!IsUsable) return;
        try
        {
            using var stop = wire.StopOn(ct);
            wire.Allow(endpoint.Timeouts.Quit);
            wire.Write("QUIT\r\n");
            await wire.FlushAsync();
            await wire.ReadReplyAsync();
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidDataException or OperationCanceledException)
        {
            // A goodbye that fails changes nothing: every message has its outcome already.
        }
        await AbortAsync();
    }

    public async ValueTask DisposeAsync() => await AbortAsync();

    private async Task<SmtpOutcome> RunAsync(SmtpExchange exchange, CancellationToken ct)
    {
        try
        {
            return await exchange.RunAsync(needsReset, Session, ct);
        }
        catch (OperationCanceledException) when (!exchange.HookFailed && (exchange.DotSent || !ct.IsCancellationRequested))
        {
            return Lost(exchange, SmtpFailure.TimedOut, "The server did not answer in time.");
        }
        catch (InvalidDataException e) when (!exchange.HookFailed)
        {
            return Lost(exchange, SmtpFailure.BadReply, e.Message);
        }
        catch (Exception e) when (e is IOException or SocketException && !exchange.HookFailed)
        {
            return Lost(exchange, SmtpFailure.ConnectionLost, e.Message);
        }
        catch
        {
            // Cancelled, or the hook failed: the dot was not sent, and must never be.
            await AbortAsync();
            throw;
        }
    }

    private SmtpOutcome Lost(SmtpExchange exchange, SmtpFailure failure, string text)
    {
        transcript.Note(text);
        return exchange.DotSent
            ? new SmtpOutcome.Unknown(failure, text, Session)
            : new SmtpOutcome.NotSent(exchange.Phase, failure, text, Session);
    }

    /// <summary>What need not be tried: it costs no transaction, and the connection stays as it is.</summary>
    private SmtpOutcome.NotSent? FindRefusal(SmtpTransaction message)
    {
        if (Capabilities.MaxSize is { } limit && message.Message.Length > limit)
            return new SmtpOutcome.NotSent(SmtpPhase.Mail, SmtpFailure.TooLarge, $"The message has {message.Message.Length} octets; {endpoint.Host} takes {limit}.", Session);
        if (message.NeedsSmtpUtf8 && !Capabilities.SmtpUtf8)
            return new SmtpOutcome.NotSent(SmtpPhase.Mail, SmtpFailure.SmtpUtf8NotOffered, $"The address needs SMTPUTF8 (5.6.7), which {endpoint.Host} does not offer.", Session);
        return null;
    }

    private async ValueTask AbortAsync()
    {
        if (!IsUsable) return;
        IsUsable = false;
        await wire.DisposeAsync();
    }
}
