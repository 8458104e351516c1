using Microsoft.Extensions.Logging;

namespace CrankMailer.Mail;

/// <summary>Events 7xxx. No address, no text of a reply: both can name a person.</summary>
internal static partial class MailLog
{
    [LoggerMessage(7001, LogLevel.Debug, "Connection to relay {Host}:{Port} opened, {Tls}")]
    public static partial void Opened(this ILogger log, string host, int port, string tls);

    [LoggerMessage(7002, LogLevel.Warning, "No connection to relay {Host}:{Port}: {Outcome}")]
    public static partial void CannotOpen(this ILogger log, string host, int port, string outcome);

    [LoggerMessage(7003, LogLevel.Debug, "A kept connection to relay {Host} had been closed by it; another is opened")]
    public static partial void StaleConnection(this ILogger log, string host);

    [LoggerMessage(7010, LogLevel.Information, "SMTP listener on {Endpoint}")]
    public static partial void Listening(this ILogger log, string endpoint);

    [LoggerMessage(7011, LogLevel.Debug, "SMTP session from {Remote} ended: {Why}")]
    public static partial void SessionEnded(this ILogger log, string remote, string why);

    [LoggerMessage(7012, LogLevel.Error, "The handler of received mail failed; the sender was told to try again")]
    public static partial void HandlerFailed(this ILogger log, Exception failure);

    [LoggerMessage(7013, LogLevel.Warning, "SMTP listener could not accept a connection: {Why}")]
    public static partial void AcceptFailed(this ILogger log, string why);
}
