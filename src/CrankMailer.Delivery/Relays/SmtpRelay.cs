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
        var limits = new SmtpPoolLimits { Connections = row.Connections, MessagesPerConnection = row.MessagesPerConnection };
        return new SmtpRelay(new SmtpRelayClient(RelayEndpoint.Of(row, secrets), limits, clock, logs.CreateLogger<SmtpRelay>()));
    }
}
