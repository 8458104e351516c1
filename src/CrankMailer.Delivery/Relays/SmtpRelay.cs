using CrankMailer.Mail.Smtp;
using CrankMailer.Model.Publications;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Delivery.Relays;

/// <summary>A relay over our own SMTP client.</summary>
internal sealed class SmtpRelay(SmtpRelayClient client) : IRelay
{
    public Task<SmtpOutcome> SendAsync(SmtpTransaction message, CancellationToken ct) => client.SendAsync(message, ct);

    public Task<SmtpOutcome?> FindProblemAsync(CancellationToken ct) => client.FindProblemAsync(ct);

    public Task CloseIdleAsync(CancellationToken ct) => client.CloseIdleAsync(ct);

    public ValueTask DisposeAsync() => client.DisposeAsync();
}

internal sealed class SmtpRelayOpener(PublicationSecrets secrets, ILoggerFactory logs, TimeProvider clock) : IRelayOpener
{
    public IRelay Open(RelayRow row)
    {
        var password = secrets.UnwrapPassword(row);
        var endpoint = new SmtpEndpoint
        {
            Host = row.Host, Port = row.Port, HeloName = row.HelloName ?? OwnName(),
            Security = row.Security switch
            {
                RelaySecurity.None => SmtpSecurity.None,
                RelaySecurity.Opportunistic => SmtpSecurity.Opportunistic,
                RelaySecurity.Implicit => SmtpSecurity.Implicit,
                _ => SmtpSecurity.Required,
            },
            Credential = row.UserName is { } user && password is not null ? new SmtpCredential(user, password) : null,
        };
        var limits = new SmtpPoolLimits { Connections = row.Connections, MessagesPerConnection = row.MessagesPerConnection };
        return new SmtpRelay(new SmtpRelayClient(endpoint, limits, clock, logs.CreateLogger<SmtpRelay>()));
    }

    /// <summary>A machine's name may hold what a host name may not (an underscore); then the address literal of RFC 5321 4.1.3 says as little and is valid.</summary>
    private static string OwnName()
    {
        var name = System.Net.Dns.GetHostName().ToLowerInvariant();
        return Uri.CheckHostName(name) == UriHostNameType.Dns && !name.Contains('_') ? name : "[127.0.0.1]";
    }
}
