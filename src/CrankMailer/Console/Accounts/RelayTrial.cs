using System.Security.Cryptography;
using CrankMailer.Delivery.Relays;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model.Publications;

namespace CrankMailer.Console.Accounts;

/// <summary>
/// Whether a relay can be used: connection, encryption and log-in are tried, no mail is handed over. By a connection of its own, since a process that
/// shows pages and sends nothing has no relays open.
/// </summary>
internal sealed class RelayTrial(RelayEndpoints endpoints, IRelayOpener opener, RelayTalks talks, TimeProvider clock)
{
    /// <summary>Somebody waits before a page.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>Tries it, and keeps the conversation of one that is saved and does not work.</summary>
    public async Task<TrialResult> RunAsync(RelayRow relay, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return relay.Kind == RelayKind.Folder ? await TryFolderAsync(relay, either.Token) : await TryServerAsync(relay, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new TrialResult(false, $"{relay.Host}:{relay.Port} did not answer within {Patience.TotalSeconds} seconds. Check host and port, and whether a firewall lets us out.");
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return new TrialResult(false, $"It cannot be used as it is set up: {e.Message}");
        }
    }

    private async Task<TrialResult> TryFolderAsync(RelayRow relay, CancellationToken ct)
    {
        await using var folder = opener.Open(relay);
        return await folder.FindProblemAsync(ct) is { } problem ? new TrialResult(false, WordsOf(problem)) : new TrialResult(true, $"the folder {relay.Folder} can be written to.");
    }

    private async Task<TrialResult> TryServerAsync(RelayRow relay, CancellationToken ct)
    {
        var (connection, failure) = await SmtpConnection.OpenAsync(endpoints.Of(relay), clock, ct);
        if (connection is null)
        {
            if (relay.Id != 0 && failure is not null) talks.Note(relay.Id, failure);
            await talks.WriteAsync(now: true, ct);
            return new TrialResult(false, WordsOf(failure)) { Talk = failure?.Transcript ?? [] };
        }
        await using (connection)
        {
            var works = new TrialResult(true, WordsOf(connection.Session, relay)) { Talk = connection.Transcript };
            await connection.QuitAsync(ct);
            return works;
        }
    }

    private static string WordsOf(SmtpSession session, RelayRow relay) =>
        $"{relay.Host}:{relay.Port} answered{(session.TlsVersion is { } tls ? $", the connection is encrypted ({tls})" : ", the connection is not encrypted")}{(relay.UserName is null ? "" : ", and the log-in was taken")}.";

    private static string WordsOf(SmtpOutcome? failure) => failure switch
    {
        SmtpOutcome.Refused { Phase: SmtpPhase.Auth, Reply: var reply } => $"It refuses the log-in. It said: {reply.Code} {reply.Text}",
        SmtpOutcome.Refused { Reply: var reply } => $"It sends us away. It said: {reply.Code} {reply.Text}",
        SmtpOutcome.NotSent { Text: var text } => text,
        _ => "It gave no usable answer.",
    };
}
