using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CrankMailer.Model.Sqlite;

/// <summary>For dotnet-ef only: <c>dotnet-ef migrations add NAME --project src/CrankMailer.Model.Sqlite</c>.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<CrankDb>
{
    public CrankDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<CrankDb>();
        options.UseCrankSqlite("design-time.db");
        return new CrankDb(options.Options);
    }
}
