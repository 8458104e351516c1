using CrankMailer.Commands;
using CrankMailer.Console.Accounts;
using CrankMailer.Model;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Hosting;

/// <summary>The life of a serving process: lock, schema, run, stop.</summary>
internal static class ServeProcess
{
    public static async Task<int> RunAsync(HostSettings settings, CancellationToken ct)
    {
        using var folder = FolderLock.TryTake(settings.Data);
        if (folder is null)
        {
            await System.Console.Error.WriteLineAsync(
                $"error: another 'crankmailer serve' is using {settings.Data.Path}: stop it first, or give this one its own folder with --data DIR.");
            return ExitCodes.Refused;
        }
        await using var app = CrankHost.Build(settings);
        if (await PrepareDatabaseAsync(app, settings, ct) is { } refusal)
        {
            await System.Console.Error.WriteLineAsync($"error: {refusal}");
            return ExitCodes.Refused;
        }
        if (settings is { Web: true, Mode: HostMode.Serve } && await FirstStart.FindLinkAsync(app.Services, settings, ct) is { } link)
            await System.Console.Out.WriteLineAsync($"Nobody has an account here yet. Open this link within a day to make the owner's:\n\n  {link}\n");
        await app.RunAsync(ct);
        return ExitCodes.Done;
    }

    private static async Task<string?> PrepareDatabaseAsync(WebApplication app, HostSettings settings, CancellationToken ct)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<CrankDb>>().CreateDbContextAsync(ct);
        return await Databases.PrepareAsync(db, settings.Data, app.Services.GetRequiredService<TimeProvider>(), ct);
    }
}
