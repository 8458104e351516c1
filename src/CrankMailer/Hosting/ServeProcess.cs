using CrankMailer.Capture;
using CrankMailer.Commands;
using CrankMailer.Console.Accounts;
using CrankMailer.Delivery;
using CrankMailer.Model;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Hosting;

/// <summary>The life of a serving process: take the folder, bring the schema up to date, see whether this place may send, run, stop.</summary>
internal static class ServeProcess
{
    /// <param name="prepare">Runs when all is built and before anything is served or sent; answers what the person at the terminal needs, said once we listen.</param>
    public static async Task<int> RunAsync(HostSettings settings, Func<IServiceProvider, CancellationToken, Task<string>>? prepare, CancellationToken ct)
    {
        using var folder = FolderLock.TryTake(settings.Data);
        if (folder is null)
            return Report.Refuse($"another 'crankmailer serve' is using {settings.Data.Path}: stop it first, or give this one its own folder with --data DIR.");
        if (ListenAddresses.Refusal(settings.Urls) is { } taken) return Report.Refuse(taken);
        var start = await LookAsync(settings, ct);
        if (start.Refusal is { } refusal) return Report.Refuse(refusal);

        await using var app = CrankHost.Build(settings, start.Mode);
        if (start.CaptureReason is { } reason) app.Logger.CaptureMode(reason);
        var words = prepare is null ? await FirstWordsAsync(app.Services, settings, ct) : await prepare(app.Services, ct);
        await app.StartAsync(ct);
        // Only now: whatever listened on the port before would have got the link.
        if (words is not null) await System.Console.Out.WriteLineAsync(words);
        await app.WaitForShutdownAsync(ct);
        return ExitCodes.Done;
    }

    private static async Task<string?> FirstWordsAsync(IServiceProvider services, HostSettings settings, CancellationToken ct) =>
        settings.Web && await FirstStart.FindLinkAsync(services, settings, ct) is { } link
            ? $"Nobody has an account here yet. Open this link within a day to make the owner's:\n\n  {link}\n"
            : null;

    /// <summary>What must be known before the stages are put together: is the schema ours, and may this place send?</summary>
    private static async Task<Start> LookAsync(HostSettings settings, CancellationToken ct)
    {
        await using var host = CommandHost.OpenUnchecked(settings);
        var db = host.Db;
        if (settings.Mode == HostMode.Worker && db.Engine == DatabaseEngine.Sqlite)
            return new Start("a worker needs PostgreSQL (CRANKMAILER_Database__Postgres): a SQLite database belongs to one process.");
        if (!settings.Jobs && db.Engine == DatabaseEngine.Sqlite)
            return new Start("'--roles web' needs PostgreSQL (CRANKMAILER_Database__Postgres) and a worker beside it: a SQLite database belongs to one process, so nobody would send.");
        if (await Databases.PrepareAsync(db, settings.Data, host.Services.GetRequiredService<TimeProvider>(), ct) is { } refusal) return new Start(refusal);

        var reason = settings.Mode == HostMode.Demo ? "this is the demonstration"
            : await host.Services.GetRequiredService<InstallationCheck>().RunAsync(settings.Data, ct) ?? (settings.Capture ? "asked for by --capture" : null);
        // A capturing relay is on only while its process lives here: commands beside it go by that.
        if (settings.Mode == HostMode.Serve && reason is null) await db.Relays.Where(r => r.Captures && r.Enabled).ExecuteUpdateAsync(s => s.SetProperty(r => r.Enabled, false), ct);
        if (settings.Mode == HostMode.Worker && reason is not null) return new Start($"a worker does not start in capture mode: {reason}.");
        if (reason is null) await CaptureRelay.SwitchOffAsync(db, ct);
        return new Start(null) { CaptureReason = reason, Mode = new SendingMode(reason is not null, settings.Mode == HostMode.Worker ? "worker" : "serve") };
    }

    private sealed record Start(string? Refusal)
    {
        public string? CaptureReason { get; init; }
        public SendingMode Mode { get; init; } = new(Capture: true);
    }
}
