using CrankMailer.Mail.Listener;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrankMailer.Feedback.Listening;

/// <summary>The SMTP way in for the bounce domain, where settings switch it on. Hostile clients meet the listener's limits and an empty list of recipients.</summary>
internal sealed class BounceListener(BounceMailHandler handler, IOptions<FeedbackOptions> options, TimeProvider clock, ILogger<BounceListener> log) : IHostedService
{
    private SmtpListener? _listener;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Endpoint is not { } endpoint) return Task.CompletedTask;
        _listener = SmtpListener.Start(
            new SmtpListenerOptions
            {
                Endpoint = endpoint, HostName = options.Value.HostName, MaxMessageOctets = options.Value.MessageOctets, MaxConnections = options.Value.Connections,
                // A report has one recipient: us. Who sends many, or errs often, is no mail server.
                MaxRecipients = 5, MaxErrors = 5, MaxConnectionsPerAddress = 10, IdleTimeout = TimeSpan.FromMinutes(1), MessageTimeout = TimeSpan.FromMinutes(5),
            },
            handler, clock, log);
        log.Listening(_listener.Endpoint.ToString());
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_listener is not null) await _listener.DisposeAsync();
    }
}
