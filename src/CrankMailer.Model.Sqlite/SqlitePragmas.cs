using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CrankMailer.Model.Sqlite;

/// <summary>
/// Sets on every connection what SQLite does not keep in the file. synchronous=FULL: NORMAL loses the last commits at power loss,
/// and the ledger's promise is a commit. The journal mode stays in the file once set.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public static readonly SqlitePragmas Instance = new();

    /// <summary>Where EF only looks whether the database is there. A backup (VACUUM INTO) has no WAL yet, and setting it writes.</summary>
    private const string ReadOnly = "Mode=ReadOnly";

    private const string JournalMode = "PRAGMA journal_mode=WAL; ";

    private const string Pragmas =
        "PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = For(connection);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = For(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string For(DbConnection connection) =>
        connection.ConnectionString.Contains(ReadOnly, StringComparison.OrdinalIgnoreCase) ? Pragmas : JournalMode + Pragmas;
}
