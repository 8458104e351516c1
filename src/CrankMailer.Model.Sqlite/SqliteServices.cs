using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Model.Sqlite;

/// <summary>CrankDb on one SQLite file: right for one machine (design §3).</summary>
public static class SqliteServices
{
    /// <summary>Registers <see cref="CrankDb"/> and its factory on the given file.</summary>
    public static IServiceCollection AddSqliteCrankDb(this IServiceCollection services, string file) =>
        services.AddDbContextFactory<CrankDb>(options => options.UseCrankSqlite(file));

    public static DbContextOptionsBuilder UseCrankSqlite(this DbContextOptionsBuilder options, string file) =>
        options
            .UseSqlite(
                new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 30 }.ToString(),
                sqlite => sqlite.MigrationsAssembly(typeof(SqliteServices).Assembly.GetName().Name))
            .AddInterceptors(SqlitePragmas.Instance);
}
