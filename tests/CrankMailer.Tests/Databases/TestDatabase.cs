using CrankMailer.Model;
using CrankMailer.Model.Postgres;
using CrankMailer.Model.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Databases;

/// <summary>
/// A fresh, migrated database for one test, on either engine:
/// <code>
/// [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
/// public async Task Something_holds(DatabaseEngine engine) { await using var database = await TestDatabase.CreateAsync(engine); … }
/// </code>
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplateAsync);
    private readonly Func<ValueTask> _drop;

    private TestDatabase(DatabaseEngine engine, string connection, Func<ValueTask> drop)
    {
        Engine = engine;
        Connection = connection;
        _drop = drop;
        var options = new DbContextOptionsBuilder<CrankDb>();
        Configure(options);
        Factory = new ContextFactory(options.Options);
    }

    public static TheoryData<DatabaseEngine> Engines { get; } = [DatabaseEngine.Sqlite, DatabaseEngine.Postgres];

    public DatabaseEngine Engine { get; }

    /// <summary>The SQLite file, or the PostgreSQL connection string.</summary>
    public string Connection { get; }

    public IDbContextFactory<CrankDb> Factory { get; }

    public CrankDb Open() => Factory.CreateDbContext();

    /// <summary>Skips the test loudly where PostgreSQL is not installed; in CI its absence fails.</summary>
    public static async Task<TestDatabase> CreateAsync(DatabaseEngine engine)
    {
        if (engine == DatabaseEngine.Sqlite)
        {
            var file = Path.Combine(Directory.CreateTempSubdirectory("cranklite").FullName, "crank.db");
            File.Copy(await SqliteTemplate.Value, file);
            return new TestDatabase(engine, file, () => DeleteFolderAsync(file));
        }
        var server = await PostgresServer.GetAsync();
        if (server is null) Required.Missing("PostgreSQL (initdb and postgres)");
        var connection = await server!.CreateDatabaseAsync();
        return new TestDatabase(engine, connection, async () => await server.DropDatabaseAsync(connection));
    }

    /// <summary>Registers this database in a container, as the host would.</summary>
    public IServiceCollection AddTo(IServiceCollection services) => services.AddDbContextFactory<CrankDb>(Configure);

    public ValueTask DisposeAsync() => _drop();

    private void Configure(DbContextOptionsBuilder options)
    {
        if (Engine == DatabaseEngine.Sqlite) options.UseCrankSqlite(Connection);
        else options.UseCrankPostgres(Connection);
    }

    private static async Task<string> MakeSqliteTemplateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cranktemplate").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var file = Path.Combine(folder, "crank.db");
        var options = new DbContextOptionsBuilder<CrankDb>();
        options.UseCrankSqlite(file);
        await using (var db = new CrankDb(options.Options))
        {
            await db.Database.MigrateAsync();
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE);");
        }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        return file;
    }

    private static ValueTask DeleteFolderAsync(string file)
    {
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file}")) Microsoft.Data.Sqlite.SqliteConnection.ClearPool(connection);
        if (Path.GetDirectoryName(file) is { } folder && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private sealed class ContextFactory(DbContextOptions<CrankDb> options) : IDbContextFactory<CrankDb>
    {
        public CrankDb CreateDbContext() => new(options);
    }
}
