using CrankMailer.Delivery.Relays;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model.Publications;

namespace CrankMailer.Tests.Delivery;

/// <summary>A relay without a socket, that answers as the test says: for what no server on a loopback can be made to do.</summary>
internal sealed class PluggedRelay(Func<SmtpTransaction, CancellationToken, Task<SmtpOutcome>> send) : IRelayOpener
{
    public static readonly SmtpSession Session = new("plugged.test", 25, null, null, null);

    public static SmtpOutcome Unreachable => new SmtpOutcome.NotSent(SmtpPhase.Connect, SmtpFailure.CannotConnect, "nobody listens", Session);

    public static SmtpOutcome Taken => new SmtpOutcome.Accepted(new SmtpReply(250, "2.0.0 taken"), Session);

    /// <summary>What connection and log-in say while nothing is sent; null when they work.</summary>
    public Func<SmtpOutcome?> Problem { get; set; } = () => null;

    public Func<CancellationToken, Task> CloseIdle { get; set; } = _ => Task.CompletedTask;

    public IRelay Open(RelayRow row) => new Relay(this, send);

    private sealed class Relay(PluggedRelay plug, Func<SmtpTransaction, CancellationToken, Task<SmtpOutcome>> send) : IRelay
    {
        public Task<SmtpOutcome> SendAsync(SmtpTransaction message, CancellationToken ct) => send(message, ct);

        public Task<SmtpOutcome?> FindProblemAsync(CancellationToken ct) => Task.FromResult(plug.Problem());

        public Task CloseIdleAsync(CancellationToken ct) => plug.CloseIdle(ct);

        public ValueTask DisposeAsync() => default;
    }
}
