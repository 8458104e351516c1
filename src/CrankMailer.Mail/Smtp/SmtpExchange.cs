using System.Globalization;

namespace CrankMailer.Mail.Smtp;

/// <summary>One transaction: MAIL, RCPT, DATA, body, dot. Written in one go where the server offers PIPELINING, and every
/// reply attributed to its command (R69).</summary>
internal sealed class SmtpExchange(SmtpEndpoint endpoint, SmtpWire wire, SmtpCapabilities capabilities, SmtpTranscript transcript, SmtpTransaction message)
{
    /// <summary>Octets of body between flushes, each with its own time-out (R67). A newsletter is one block: one packet for the kernel.</summary>
    private const int Block = 128 * 1024;

    private Task handOver = Task.CompletedTask;

    public SmtpPhase Phase { get; private set; } = SmtpPhase.Mail;

    /// <summary>True from just before the final dot may leave this machine.</summary>
    public bool DotSent { get; private set; }

    /// <summary>True when a body was begun and not ended: the connection can only be closed.</summary>
    public bool BrokeOff => Phase == SmtpPhase.Dot && !DotSent;

    /// <summary>True when what is thrown comes from the caller's hook, not from the network.</summary>
    public bool HookFailed { get; private set; }

    public async Task<SmtpOutcome> RunAsync(bool resetFirst, SmtpSession session, CancellationToken ct)
    {
        try
        {
            var reply = await TalkAsync(resetFirst, ct);
            return reply.IsPositive ? new SmtpOutcome.Accepted(reply, session) : new SmtpOutcome.Refused(Phase, reply, session);
        }
        finally
        {
            // However it ended: a ledger commit that lands after the caller has written the outcome would undo it.
            if (!HookFailed) await AwaitHandOverAsync();
        }
    }

    private async Task<SmtpReply> TalkAsync(bool resetFirst, CancellationToken ct)
    {
        using var stop = wire.StopOn(ct);
        ct.ThrowIfCancellationRequested();
        var refusal = capabilities.Pipelining ? await AskPipelinedAsync(resetFirst, ct) : await AskOneByOneAsync(resetFirst, ct);
        if (refusal is not null) return refusal;
        Phase = SmtpPhase.Dot;
        return await WriteBodyAsync(stop, ct);
    }

    private async Task<SmtpReply?> AskPipelinedAsync(bool resetFirst, CancellationToken ct)
    {
        var reset = resetFirst ? "RSET\r\n" : "";
        Write($"{reset}{Mail}{Rcpt}DATA\r\n");
        BeginHandOver(ct);
        wire.Allow(endpoint.Timeouts.Mail);
        await wire.FlushAsync();
        if (resetFirst) await ReadAsync(SmtpPhase.Mail, endpoint.Timeouts.Mail);
        var mail = await ReadAsync(SmtpPhase.Mail, endpoint.Timeouts.Mail);
        // A server that closes with 421 answers no more commands.
        if (mail.Code == 421) return mail;
        var rcpt = await ReadAsync(mail.IsPositive ? SmtpPhase.Rcpt : SmtpPhase.Mail, endpoint.Timeouts.Rcpt);
        if (mail.IsPositive && rcpt.Code == 421) return rcpt;
        var refused = mail.IsPositive ? rcpt.IsPositive ? null : rcpt : mail;
        var data = await ReadAsync(refused is null ? SmtpPhase.Data : Phase, endpoint.Timeouts.Data);
        if (refused is null) return data.IsIntermediate ? null : Negative(data);
        // RFC 2920 3.1: a server may say 354 though nobody is left to receive; it gets an empty body, which goes to nobody.
        if (data.IsIntermediate) await EmptyBodyAsync();
        return Negative(refused);
    }

    private async Task<SmtpReply?> AskOneByOneAsync(bool resetFirst, CancellationToken ct)
    {
        if (resetFirst) await CommandAsync("RSET\r\n", SmtpPhase.Mail, endpoint.Timeouts.Mail);
        BeginHandOver(ct);
        var mail = await CommandAsync(Mail, SmtpPhase.Mail, endpoint.Timeouts.Mail);
        if (!mail.IsPositive) return Negative(mail);
        var rcpt = await CommandAsync(Rcpt, SmtpPhase.Rcpt, endpoint.Timeouts.Rcpt);
        if (!rcpt.IsPositive) return Negative(rcpt);
        var data = await CommandAsync("DATA\r\n", SmtpPhase.Data, endpoint.Timeouts.Data);
        return data.IsIntermediate ? null : Negative(data);
    }

    /// <summary>The body goes out at once; the dot, and with it a last block that nothing had to wait for, when the hand-over is written down.</summary>
    private async Task<SmtpReply> WriteBodyAsync(CancellationTokenRegistration stop, CancellationToken ct)
    {
        var rest = message.Message;
        var atLineStart = true;
        while (rest.Length > Block)
        {
            rest = rest[DotStuffing.Write(wire.Output, rest.Span[..Block], ref atLineStart, isLast: false)..];
            if (!await TryFlushBlockAsync()) return await ReadEarlyReplyAsync();
        }
        DotStuffing.Write(wire.Output, rest.Span, ref atLineStart, isLast: true);
        if (!handOver.IsCompleted && !await TryFlushBlockAsync()) return await ReadEarlyReplyAsync();
        await AwaitHandOverAsync();
        // A server that has spoken or closed by now has not seen the dot: surely not taken, instead of unknown.
        // Under TLS, what lies in the socket may be TLS's own (a key update), so only what is decrypted counts.
        if (wire.IsEncrypted ? wire.HasUnreadInput() : wire.HasUnexpectedInput()) return await ReadEarlyReplyAsync();
        // From here on a cancellation must not tear the reply away: it would make an uncertain row (design §5 rule 3).
        await stop.DisposeAsync();
        ct.ThrowIfCancellationRequested();

        DotStuffing.WriteEnd(wire.Output, atLineStart);
        transcript.Body(message.Message.Length);
        DotSent = true;
        wire.Allow(endpoint.Timeouts.Dot);
        using var patience = wire.StopAfter(endpoint.Timeouts.DotAfterCancel, ct);
        await wire.FlushAsync();
        var reply = await wire.ReadReplyAsync();
        transcript.Server(reply);
        return Negative(reply);
    }

    private async Task<bool> TryFlushBlockAsync()
    {
        wire.Allow(endpoint.Timeouts.Block);
        try { await wire.FlushAsync(); }
        catch (IOException) { return false; }
        return true;
    }

    /// <summary>A server that breaks off inside the body often says why before it closes.</summary>
    private async Task<SmtpReply> ReadEarlyReplyAsync()
    {
        wire.Allow(endpoint.Timeouts.Quit);
        var reply = await wire.ReadReplyAsync();
        transcript.Server(reply);
        // It did not see the whole message, so even a 250 here would be no acceptance.
        return reply.IsTransient || reply.IsPermanent ? reply : throw new InvalidDataException("The server answered before the message ended.");
    }

    private async Task EmptyBodyAsync()
    {
        var phase = Phase;
        Write(".\r\n");
        wire.Allow(endpoint.Timeouts.Dot);
        await wire.FlushAsync();
        await ReadAsync(phase, endpoint.Timeouts.Dot);
    }

    private void BeginHandOver(CancellationToken ct)
    {
        if (message.BeforeFinalDot is { } hook) handOver = StartAsync(hook, ct);
    }

    /// <summary>So that a hook that throws before its first await counts as failed, too, and not here.</summary>
    private static async Task StartAsync(Func<CancellationToken, ValueTask> hook, CancellationToken ct) => await hook(ct);

    private async Task AwaitHandOverAsync()
    {
        HookFailed = true;
        await handOver;
        HookFailed = false;
    }

    private async Task<SmtpReply> CommandAsync(string line, SmtpPhase phase, TimeSpan time)
    {
        Phase = phase;
        Write(line);
        wire.Allow(time);
        await wire.FlushAsync();
        return await ReadAsync(phase, time);
    }

    private async Task<SmtpReply> ReadAsync(SmtpPhase phase, TimeSpan time)
    {
        Phase = phase;
        wire.Allow(time);
        var reply = await wire.ReadReplyAsync();
        transcript.Server(reply);
        return reply;
    }

    private void Write(string commands)
    {
        transcript.Client(commands);
        wire.Write(commands);
    }

    /// <summary>3yz where none is due, or 2yz to DATA, is no answer to what was asked.</summary>
    private SmtpReply Negative(SmtpReply reply) => reply.IsIntermediate || (reply.IsPositive && Phase == SmtpPhase.Data)
        ? throw new InvalidDataException($"The server answered {reply.Code} at {Phase}, which means nothing there.")
        : reply;

    private string Mail => string.Create(CultureInfo.InvariantCulture, $"MAIL FROM:<{message.Sender}>{Size}{EightBit}{Utf8}{(Dsn ? message.Dsn?.MailParameters : "")}\r\n");

    private string Rcpt => $"RCPT TO:<{message.Recipient}>{(Dsn ? message.Dsn?.RcptParameters(message.Recipient.ToString()) : "")}\r\n";

    private string Size => capabilities.Size ? string.Create(CultureInfo.InvariantCulture, $" SIZE={message.Message.Length}") : "";

    // R17: our own messages are 7 bit; others handed in may not be, and headers are 8 bit under SMTPUTF8.
    private string EightBit => capabilities.EightBitMime && !System.Text.Ascii.IsValid(message.Message.Span) ? " BODY=8BITMIME" : "";

    private string Utf8 => message.NeedsSmtpUtf8 ? " SMTPUTF8" : "";

    private bool Dsn => capabilities.Dsn && message.Dsn is not null;
}
