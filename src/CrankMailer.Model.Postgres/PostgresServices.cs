using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Model.Postgres;

/// <summary>CrankDb on PostgreSQL 15 or newer: right for several machines (design §3).</summary>
public static class PostgresServices
{
    /// <summary>Registers <see cref="CrankDb"/> and its factory on the given connection string.</summary>
    public static IServiceCollection AddPostgresCrankDb(this IServiceCollection services, string connectionString) =>
        services.AddDbContextFactory<CrankDb>(options => options.UseCrankPostgres(connectionString));

    public static DbContextOptionsBuilder UseCrankPostgres(this DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(connectionString, npgsql => npgsql.MigrationsAssembly(typeof(PostgresServices).Assembly.GetName().Name));
}
