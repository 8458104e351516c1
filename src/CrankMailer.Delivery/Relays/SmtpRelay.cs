using CrankMailer.Mail.Smtp;

namespace CrankMailer.Delivery.Relays;

/// <summary>A relay over our own SMTP client.</summary>
internal sealed class SmtpRelay(SmtpRelayClient client) : IRelay
{
    public Task<SmtpOutcome> SendAsync(SmtpTransaction message, CancellationToken ct) => client.SendAsync(message, ct);

    public Task<SmtpOutcome?> FindProblemAsync(CancellationToken ct) => client.FindProblemAsync(ct);

    public Task CloseIdleAsync(CancellationToken ct) => client.CloseIdleAsync(ct);

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
