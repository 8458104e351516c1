using System.CommandLine;
using CrankMailer.Hosting;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Commands;

/// <summary><c>db migrate</c> and <c>db backup</c>.</summary>
internal static class DbCommand
{
    private static readonly Option<string?> Data = CommonOptions.Data();
    private static readonly Argument<string> Target = new("file") { Description = "The file to write; must not exist." };

    public static Command Create()
    {
        var migrate = new Command("migrate", "Bring the database's schema up to date. Example: crankmailer db migrate") { Data };
        migrate.SetAction(MigrateAsync);
        var backup = new Command("backup", "Copy the SQLite database while it is in use. Example: crankmailer db backup today.db") { Target, Data };
        backup.SetAction(BackUpAsync);
        var confirm = new Command("confirm", "Say that this restored or moved database may send from this data folder. Example: crankmailer db confirm") { Data };
        confirm.SetAction(ConfirmAsync);
        return new Command("db", "The database.") { migrate, backup, confirm };
    }

    private static async Task<int> MigrateAsync(ParseResult result, CancellationToken ct)
    {
        await using var host = CommandHost.OpenUnchecked(result.GetValue(Data));
        var db = host.Db;
        var waiting = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
        if (waiting.Count == 0)
        {
            System.Console.Out.WriteLine("The database is up to date.");
            return ExitCodes.Done;
        }
        var applied = await db.Database.GetAppliedMigrationsAsync(ct);
        if (applied.Any() && await db.Campaigns.AnyAsync(c => c.State == CampaignState.Running, ct))
            return Report.Refuse("a campaign is running: pause it (crankmailer campaign pause ID), migrate, resume it.");
        await db.Database.MigrateAsync(ct);
        System.Console.Out.WriteLine($"Applied {string.Join(", ", waiting)}.");
        return ExitCodes.Done;
    }

    /// <summary>The owner's word that ends capture mode after a restore (design §3). Whoever may run it owns the machine.</summary>
    private static async Task<int> ConfirmAsync(ParseResult result, CancellationToken ct)
    {
        await using var host = await CommandHost.OpenAsync(result.GetValue(Data), ct);
        if (host.Db.Engine == DatabaseEngine.Postgres)
            return Report.Refuse($"on PostgreSQL set {InstallationCheck.Variable} to {await host.Db.Installations.Select(i => i.InstallationId).SingleAsync(ct)} where the database may send from.");
        var (check, data) = (host.Services.GetRequiredService<InstallationCheck>(), host.Services.GetRequiredService<DataFolder>());
        if (await check.FitsAsync(data, ct))
        {
            System.Console.Out.WriteLine($"There is nothing to confirm: the database belongs to {data.Path} and may send from there.");
            return ExitCodes.Done;
        }
        await check.ConfirmAsync(data, ct);
        System.Console.Out.WriteLine("Confirmed. Start 'crankmailer serve' again; campaigns that were held stay held until you confirm each in the console.");
        return ExitCodes.Done;
    }

    private static async Task<int> BackUpAsync(ParseResult result, CancellationToken ct)
    {
        await using var host = await CommandHost.OpenAsync(result.GetValue(Data), ct);
        if (host.Db.Engine == DatabaseEngine.Postgres) return Report.Refuse("this database is PostgreSQL: use pg_dump.");
        var target = result.GetRequiredValue(Target);
        if (File.Exists(target)) return Report.Refuse($"{target} exists already: name another file.");
        if (Path.GetDirectoryName(Path.GetFullPath(target)) is { } folder && !Directory.Exists(folder)) return Report.Refuse($"there is no folder {folder}: make it first, or name another file.");
        await Databases.BackUpAsync(host.Services.GetRequiredService<DataFolder>(), target, ct);
        System.Console.Out.WriteLine($"Wrote {target}. It holds personal data and the keys of all mailed links: keep it as safe as the database itself.");
        return ExitCodes.Done;
    }
}
