using System.Globalization;
using System.Net;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Headers;
using CrankMailer.Mail.Smtp;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Mail.Listener;

/// <summary>One client's session: the state machine of RFC 5321 4.1.4.</summary>
internal sealed class SmtpServerSession(SmtpListenerOptions options, ISmtpMailHandler handler, ILogger log, SmtpServerWire wire, IPEndPoint remote) : IAsyncDisposable
{
    private readonly SmtpServerLogin login = new(options, wire);
    private readonly List<string> recipients = [];
    private MessageBuffer? body;
    private string? helo;
    private string? sender;
    private int messages;
    private int errors;
    private int idleCommands;

    private SmtpPeer Peer => new(remote, helo ?? "", wire.IsEncrypted, login.User);

    public async Task RunAsync(bool isFull, CancellationToken ct)
    {
        wire.Reply(isFull ? new SmtpReply(421, "4.3.2 Too many connections, try again later") : new SmtpReply(220, $"{options.HostName} ESMTP CrankMailer"));
        var ended = isFull;
        while (!ended && await wire.ReadLineAsync() is { } line) ended = await ObeyAsync(line, ct);
        await wire.FlushAsync();
    }

    public async ValueTask DisposeAsync()
    {
        body?.Dispose();
        await wire.DisposeAsync();
    }

    /// <summary>True when the session is over.</summary>
    private async Task<bool> ObeyAsync(string line, CancellationToken ct)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var verb = (space < 0 ? line : line[..space]).ToUpperInvariant();
        var argument = space < 0 ? "" : line[(space + 1)..].Trim();
        if (verb is "EHLO" or "HELO" or "RSET" or "NOOP" or "VRFY") idleCommands++;
        switch (verb)
        {
            case "EHLO" or "HELO": Reply(Hello(argument, verb == "EHLO")); break;
            case "STARTTLS": return await StartTlsAsync();
            case "AUTH": Reply(await login.RunAsync(argument, helo is not null)); break;
            case "MAIL": Reply(Mail(argument)); break;
            case "RCPT": Reply(await RcptAsync(argument, ct)); break;
            case "DATA": return await DataAsync(argument, ct);
            case "RSET": Reset(); Reply(new SmtpReply(250, "2.0.0 Ok")); break;
            case "NOOP": Reply(new SmtpReply(250, "2.0.0 Ok")); break;
            case "VRFY": Reply(new SmtpReply(252, "2.5.0 Send it and see")); break;
            case "QUIT": wire.Reply(new SmtpReply(221, "2.0.0 Bye")); return true;
            default: Reply(new SmtpReply(500, "5.5.2 Command unknown")); break;
        }
        return IsWornOut();
    }

    private bool IsWornOut()
    {
        if (errors < options.MaxErrors && idleCommands <= options.MaxIdleCommands) return false;
        wire.Reply(new SmtpReply(421, errors < options.MaxErrors ? "4.7.0 Too many commands without a message" : "4.7.0 Too many errors"));
        return true;
    }

    private SmtpReply Hello(string name, bool extended)
    {
        if (name.Length is 0 or > 255 || HeaderText.HasControl(name)) return new SmtpReply(501, "5.5.4 Say who you are");
        helo = name;
        Reset();
        if (!extended) return new SmtpReply(250, options.HostName);
        var lines = new List<string> { options.HostName, "PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES" };
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"SIZE {options.MaxMessageOctets}"));
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"LIMITS MAILMAX={options.MaxMessages} RCPTMAX={options.MaxRecipients}"));
        if (options.Certificate is not null && !wire.IsEncrypted) lines.Add("STARTTLS");
        if (login.IsOffered) lines.Add("AUTH PLAIN LOGIN");
        return new SmtpReply(250, lines);
    }

    private async Task<bool> StartTlsAsync()
    {
        if (options.Certificate is null || wire.IsEncrypted)
        {
            Reply(new SmtpReply(502, "5.5.1 STARTTLS is not offered"));
            return IsWornOut();
        }
        wire.Reply(new SmtpReply(220, "2.0.0 Go ahead"));
        await wire.StartTlsAsync(options.Certificate);
        // RFC 3207 4.2: all that was said before is forgotten.
        Reset();
        helo = null;
        return false;
    }

    private SmtpReply Mail(string argument)
    {
        if (helo is null) return new SmtpReply(503, "5.5.1 Say EHLO first");
        if (sender is not null) return new SmtpReply(503, "5.5.1 One MAIL at a time");
        if (options.Authenticate is not null && login.User is null) return new SmtpReply(530, "5.7.0 Log in first");
        if (messages >= options.MaxMessages) return new SmtpReply(452, "4.5.3 Too many messages in this session");
        if (!SmtpPath.TryParse(argument, "FROM:", out var address, out var parameters)) return new SmtpReply(501, "5.1.7 Bad sender address");
        foreach (var parameter in parameters)
            if (FindRefusal(parameter) is { } refusal) return refusal;
        if (!System.Text.Ascii.IsValid(address) && !parameters.Contains("SMTPUTF8", StringComparer.OrdinalIgnoreCase)) return new SmtpReply(553, "5.6.7 Ask for SMTPUTF8");
        sender = address;
        return new SmtpReply(250, "2.1.0 Ok");
    }

    private SmtpReply? FindRefusal(string parameter)
    {
        var equals = parameter.IndexOf('=', StringComparison.Ordinal);
        var (name, value) = equals < 0 ? (parameter.ToUpperInvariant(), "") : (parameter[..equals].ToUpperInvariant(), parameter[(equals + 1)..]);
        return name switch
        {
            "SIZE" when !long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) => new SmtpReply(501, "5.5.4 SIZE needs a number"),
            "SIZE" when long.Parse(value, CultureInfo.InvariantCulture) > options.MaxMessageOctets => new SmtpReply(552, "5.3.4 Message too large"),
            "SIZE" or "SMTPUTF8" or "AUTH" => null,
            "BODY" => value.ToUpperInvariant() is "7BIT" or "8BITMIME" ? null : new SmtpReply(501, "5.5.4 Unknown BODY"),
            _ => new SmtpReply(555, "5.5.4 Unknown parameter"),
        };
    }

    private async Task<SmtpReply> RcptAsync(string argument, CancellationToken ct)
    {
        if (sender is null) return new SmtpReply(503, "5.5.1 Say MAIL first");
        if (recipients.Count >= options.MaxRecipients) return new SmtpReply(452, "4.5.3 Too many recipients");
        if (!SmtpPath.TryParse(argument, "TO:", out var address, out var parameters) || address.Length == 0) return new SmtpReply(501, "5.1.3 Bad recipient address");
        if (parameters.Length > 0) return new SmtpReply(555, "5.5.4 Unknown parameter");
        var reply = await AskHandlerAsync(() => handler.RecipientAsync(Peer, sender, address, ct));
        if (reply.IsPositive) recipients.Add(address);
        return reply;
    }

    private async Task<bool> DataAsync(string argument, CancellationToken ct)
    {
        if (sender is null || recipients.Count == 0 || argument.Length > 0)
        {
            Reply(argument.Length > 0 ? new SmtpReply(501, "5.5.4 DATA takes no argument") : new SmtpReply(503, sender is null ? "5.5.1 Say MAIL first" : "5.5.1 No valid recipients"));
            return IsWornOut();
        }
        wire.Reply(new SmtpReply(354, "End data with <CR><LF>.<CR><LF>"));
        body ??= new MessageBuffer();
        body.Reset();
        var found = await wire.ReadBodyAsync(body);
        messages++;
        idleCommands = 0;
        if (found == SmtpDataReader.Result.BareLineEnd)
        {
            // What follows may be commands that somebody wants to get past another server (R1).
            wire.Reply(new SmtpReply(521, "5.5.2 Bare line end refused, see RFC 5321 2.3.8"));
            return true;
        }
        Reply(found == SmtpDataReader.Result.TooLarge
            ? new SmtpReply(552, "5.3.4 Message too large")
            : await AskHandlerAsync(() => handler.MessageAsync(new ReceivedMail(Peer, sender, [.. recipients], body.Written), ct)));
        Reset();
        return IsWornOut();
    }

    private async Task<SmtpReply> AskHandlerAsync(Func<ValueTask<SmtpReply>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The top of a worker loop: the sender keeps the message and comes again.
            log.HandlerFailed(e);
            return new SmtpReply(451, "4.3.0 Local error, try again later");
        }
    }

    private void Reply(SmtpReply reply)
    {
        if (reply.IsPermanent) errors++;
        wire.Reply(reply);
    }

    private void Reset()
    {
        sender = null;
        recipients.Clear();
    }
}
