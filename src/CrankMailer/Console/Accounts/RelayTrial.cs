using CrankMailer.Delivery.Relays;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model.Publications;

namespace CrankMailer.Console.Accounts;

/// <summary>
/// Whether a relay can be used: connection, encryption and log-in are tried, no mail is handed over. By a connection of its own, since a process that
/// shows pages and sends nothing has no relays open.
/// </summary>
internal sealed class RelayTrial(PublicationSecrets secrets, TimeProvider clock)
{
    /// <summary>Somebody waits before a page.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    public async Task<TrialResult> RunAsync(RelayRow relay, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            var (connection, failure) = await SmtpConnection.OpenAsync(RelayEndpoint.Of(relay, secrets), clock, either.Token);
            if (connection is null) return new TrialResult(false, WordsOf(failure));
            await using (connection)
            {
                var works = new TrialResult(true, WordsOf(connection.Session, relay));
                await connection.QuitAsync(either.Token);
                return works;
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new TrialResult(false, $"{relay.Host}:{relay.Port} did not answer within {Patience.TotalSeconds} seconds. Check host and port, and whether a firewall lets us out.");
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
