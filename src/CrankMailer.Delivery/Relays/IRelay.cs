using CrankMailer.Mail.Smtp;

namespace CrankMailer.Delivery.Relays;

/// <summary>A server we hand mail to: a true edge, behind which another mail library or a provider's API fits. For any number of callers at once.</summary>
public interface IRelay : IAsyncDisposable
{
    /// <summary>
    /// Hands one message over. Whatever the outside answers is the outcome; the message's <see cref="SmtpTransaction.BeforeFinalDot"/> must be awaited
    /// before the server can take it, and what that throws is passed on.
    /// </summary>
    Task<SmtpOutcome> SendAsync(SmtpTransaction message, CancellationToken ct);

    /// <summary>Tries connection and log-in without a message; null when they work.</summary>
    Task<SmtpOutcome?> FindProblemAsync(CancellationToken ct);

    /// <summary>Closes connections that nobody used for a while.</summary>
    Task CloseIdleAsync(CancellationToken ct);
}
