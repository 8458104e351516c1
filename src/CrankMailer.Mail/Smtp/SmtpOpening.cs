using System.Net.Sockets;
using System.Security.Authentication;

namespace CrankMailer.Mail.Smtp;

/// <summary>From nothing to a connection that is ready for MAIL: greeting, EHLO or HELO, TLS, AUTH.</summary>
internal sealed class SmtpOpening(SmtpEndpoint endpoint, TimeProvider clock, SmtpTranscript transcript)
{
    private SmtpWire? wire;
    private SmtpPhase phase = SmtpPhase.Connect;

    public SmtpCapabilities Capabilities { get; private set; } = SmtpCapabilities.None;

    public SmtpSession Session => new(endpoint.Host, endpoint.Port, wire?.Remote, wire?.TlsVersion, wire?.CipherSuite);

    /// <summary>The wire, or why there is none.</summary>
    public async Task<(SmtpWire? Wire, SmtpOutcome? Failure)> RunAsync(CancellationToken ct)
    {
        SmtpOutcome? failure;
        try
        {
            wire = await SmtpWire.ConnectAsync(endpoint, clock, ct);
            using (wire.StopOn(ct)) failure = await GreetAsync(wire, ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            failure = NotSent(SmtpFailure.TimedOut, "The server did not answer in time.");
        }
        catch (SocketException e)
        {
            failure = NotSent(SmtpFailure.CannotConnect, $"No connection to {endpoint.Host}:{endpoint.Port}: {e.Message}");
        }
        catch (CertificateRefusedException e)
        {
            failure = NotSent(SmtpFailure.CertificateRefused, e.Message);
        }
        catch (AuthenticationException e)
        {
            failure = NotSent(SmtpFailure.TlsFailed, $"TLS with {endpoint.Host} failed: {e.Message}");
        }
        catch (InvalidDataException e)
        {
            failure = NotSent(SmtpFailure.BadReply, e.Message);
        }
        catch (IOException e)
        {
            failure = NotSent(phase == SmtpPhase.StartTls ? SmtpFailure.TlsFailed : SmtpFailure.ConnectionLost, e.Message);
        }
        catch
        {
            await CloseAsync();
            throw;
        }
        if (failure is null) return (wire, null);
        await CloseAsync();
        return (null, failure with { Transcript = transcript.Lines });
    }

    private async Task<SmtpOutcome?> GreetAsync(SmtpWire to, CancellationToken ct)
    {
        if (endpoint.Security == SmtpSecurity.Implicit) await EncryptAsync(to);
        phase = SmtpPhase.Connect;
        var greeting = await ReplyAsync(to);
        if (!greeting.IsPositive) return Refused(greeting);
        if (await HelloAsync(to) is { } refused) return refused;
        if (endpoint.Security is SmtpSecurity.Opportunistic or SmtpSecurity.Required && await StartTlsAsync(to) is { } failed) return failed;
        return endpoint.Credential is { } credential ? await LogInAsync(to, credential, ct) : null;
    }

    private async Task<SmtpOutcome?> HelloAsync(SmtpWire to)
    {
        phase = SmtpPhase.Ehlo;
        var reply = await CommandAsync(to, $"EHLO {endpoint.HeloName}\r\n");
        if (reply.IsPositive) { Capabilities = SmtpCapabilities.Parse(reply); return null; }
        // R60: an old or odd server that knows no EHLO may know HELO. A 421 or 4yz means "not now", whatever the word.
        if (!reply.IsPermanent) return Refused(reply);
        reply = await CommandAsync(to, $"HELO {endpoint.HeloName}\r\n");
        Capabilities = SmtpCapabilities.None;
        return reply.IsPositive ? null : Refused(reply);
    }

    private async Task<SmtpOutcome?> StartTlsAsync(SmtpWire to)
    {
        var required = endpoint.Security == SmtpSecurity.Required;
        phase = SmtpPhase.StartTls;
        if (!Capabilities.StartTls)
            return required ? NotSent(SmtpFailure.TlsNotOffered, $"{endpoint.Host} offers no STARTTLS, and TLS is required.") : null;
        var reply = await CommandAsync(to, "STARTTLS\r\n");
        if (!reply.IsPositive) return required ? Refused(reply) : null;
        await EncryptAsync(to);
        // R62: what was offered before TLS may be forged, and often differs.
        return await HelloAsync(to);
    }

    private async Task EncryptAsync(SmtpWire to)
    {
        phase = SmtpPhase.StartTls;
        to.Allow(endpoint.Timeouts.Connect);
        if (await to.StartTlsAsync(endpoint) is { } overlooked) transcript.Note($"taken all the same, as set up: {overlooked}");
        transcript.Note($"encrypted: {to.TlsVersion} {to.CipherSuite}");
    }

    private async Task<SmtpOutcome?> LogInAsync(SmtpWire to, SmtpCredential credential, CancellationToken ct)
    {
        phase = SmtpPhase.Auth;
        if (!to.IsEncrypted && !endpoint.AuthWithoutTls)
            return NotSent(SmtpFailure.AuthNotPossible, "The connection is not encrypted, so the password is not sent (R63). Use TLS, or allow it expressly.");
        return await new SmtpLogIn(endpoint.Host, Capabilities, transcript, (line, shown) => CommandAsync(to, line, shown)).RunAsync(credential, ct) switch
        {
            null => null,
            { Reply: { } reply } => Refused(reply),
            { Failure: var failure, Text: var text } => NotSent(failure, text),
        };
    }

    private async Task<SmtpReply> CommandAsync(SmtpWire to, string line, string? shownAs = null)
    {
        transcript.Client(shownAs ?? line);
        to.Allow(endpoint.Timeouts.Connect);
        to.Write(line);
        await to.FlushAsync();
        return await ReplyAsync(to);
    }

    private async Task<SmtpReply> ReplyAsync(SmtpWire to)
    {
        to.Allow(endpoint.Timeouts.Connect);
        var reply = transcript.Mask(await to.ReadReplyAsync());
        transcript.Server(reply);
        return reply;
    }

    private async Task CloseAsync()
    {
        if (wire is not null) await wire.DisposeAsync();
    }

    private SmtpOutcome.Refused Refused(SmtpReply reply) => new(phase, reply, Session);

    private SmtpOutcome.NotSent NotSent(SmtpFailure failure, string text)
    {
        transcript.Note(text);
        return new SmtpOutcome.NotSent(phase, failure, text, Session);
    }

    private static bool IsCertificateProblem(AuthenticationException e) => e.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase);
}
