using CrankMailer.Model;
using CrankMailer.Model.Postgres;
using CrankMailer.Model.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Hosting;

/// <summary>Chooses the database and brings its schema up to date as design §3 says.</summary>
internal static class Databases
{
    public static IServiceCollection AddCrankDb(this IServiceCollection services, IConfiguration configuration, DataFolder data)
    {
        var postgres = configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>()?.Postgres;
        if (!string.IsNullOrWhiteSpace(postgres)) return services.AddPostgresCrankDb(postgres);
        data.Create();
        return services.AddSqliteCrankDb(data.DatabaseFile);
    }

    /// <summary>SQLite: migrates after a file backup. PostgreSQL: only looks.</summary>
    /// <returns>Null when the schema is the one this program knows; else what to do, in one sentence.</returns>
    public static async Task<string?> PrepareAsync(CrankDb db, DataFolder data, TimeProvider clock, CancellationToken ct)
    {
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        var known = db.Database.GetMigrations().ToList();
        if (applied.Except(known).FirstOrDefault() is { } newer)
            return $"The database has the migration {newer}, which this version does not know: run the version that made it, or a newer one.";
        if (applied.Count == known.Count) return null;
        if (db.Engine == DatabaseEngine.Postgres)
            return $"The database lacks {known.Count - applied.Count} of {known.Count} migrations: run 'crankmailer db migrate' once, with nobody sending.";
        if (applied.Count > 0)
        {
            Directory.CreateDirectory(data.Backups);
            await BackUpAsync(data, Path.Combine(data.Backups, $"before-migration-{clock.GetUtcNow():yyyyMMdd-HHmmss}.db"), ct);
        }
        await db.Database.MigrateAsync(ct);
        return null;
    }

    /// <summary>A consistent copy of the SQLite file, also while it is written to.</summary>
    public static async Task BackUpAsync(DataFolder data, string target, CancellationToken ct)
    {
        await using var connection = new SqliteConnection($"Data Source={data.DatabaseFile};Pooling=false");
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $file";
        command.Parameters.AddWithValue("$file", target);
        await command.ExecuteNonQueryAsync(ct);
    }
}
