using CrankMailer.Mail.Listener;
using CrankMailer.Model;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Capture;

/// <summary>The in-process SMTP server of capture mode, and the relay row that leads to it.</summary>
internal sealed class CaptureRelay(CaughtMails handler, IDbContextFactory<CrankDb> databases, TimeProvider clock, ILogger<SmtpListener> log) : IHostedService
{
    public const string Name = "Capture";
    private SmtpListener? _listener;

    /// <summary>Whether the installation is in capture mode: commands beside a running <c>serve</c> see it by the relay that is switched on.</summary>
    public static Task<bool> IsOnAsync(CrankDb db, CancellationToken ct) => db.Relays.AnyAsync(r => r.Captures && r.Enabled, ct);

    /// <summary>A start without capture mode switches off what a killed one left on.</summary>
    public static Task SwitchOffAsync(CrankDb db, CancellationToken ct) =>
        db.Relays.Where(r => r.Captures && r.Enabled).ExecuteUpdateAsync(s => s.SetProperty(r => r.Enabled, false), ct);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _listener = SmtpListener.Start(new SmtpListenerOptions { HostName = "capture.localhost" }, handler, clock, log);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await db.Relays.FirstOrDefaultAsync(r => r.Name == Name, cancellationToken) ?? db.Relays.Add(new RelayRow { Name = Name }).Entity;
        row.Host = _listener.Endpoint.Address.ToString();
        row.Port = _listener.Endpoint.Port;
        row.Security = RelaySecurity.None;
        row.Captures = true;
        row.Enabled = true;
        row.Connections = 4;
        row.MessagesPerConnection = 1000;
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_listener is not null) await _listener.DisposeAsync();
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        await SwitchOffAsync(db, CancellationToken.None);
    }
}
