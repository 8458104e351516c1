using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CrankMailer.Model.Postgres;

/// <summary>For dotnet-ef only: <c>dotnet-ef migrations add NAME --project src/CrankMailer.Model.Postgres</c>.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<CrankDb>
{
    public CrankDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<CrankDb>();
        options.UseCrankPostgres("Host=localhost;Database=design_time");
        return new CrankDb(options.Options);
    }
}
