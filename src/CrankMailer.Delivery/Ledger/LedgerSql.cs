using System.Data.Common;
using System.Text;
using CrankMailer.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CrankMailer.Delivery.Ledger;

/// <summary>
/// Hand-written statements on a context's connection and transaction. Values of an interpolated statement become parameters, in the form the
/// database at hand stores them; a nested statement is spliced in; <see cref="Raw"/> stands as it is.
/// </summary>
internal sealed class LedgerSql(CrankDb db)
{
    public CrankDb Db { get; } = db;

    public bool IsPostgres { get; } = db.Engine == DatabaseEngine.Postgres;

    /// <summary>Rows another worker holds are passed over. SQLite has one writer, so there are none.</summary>
    public Raw SkipLocked => IsPostgres ? new Raw("for update skip locked") : Raw.Nothing;

    public Raw ForUpdate => IsPostgres ? new Raw("for update") : Raw.Nothing;

    /// <summary>
    /// On a column: one of what a limited query gives. PostgreSQL may run a query inside <c>in (…)</c> anew for every row of the table, and with
    /// <c>limit … for update skip locked</c> then takes more rows than the limit; an array is made once.
    /// </summary>
    public FormattableString In(FormattableString query)
    {
        if (IsPostgres) return $"= any(array({query}))";
        return $"in ({query})";
    }

    /// <summary>Now, for leases: the database's clock on PostgreSQL, where several machines must agree (design §3).</summary>
    public FormattableString LeaseClock(DateTimeOffset now)
    {
        if (IsPostgres) return $"clock_timestamp()";
        return $"{now}";
    }

    public FormattableString LeaseEnd(DateTimeOffset now, TimeSpan lease)
    {
        if (IsPostgres) return $"clock_timestamp() + {lease}";
        return $"{now + lease}";
    }

    /// <summary>Rows handed over as JSON, as a table named <c>v</c> with the given columns (each <c>name type</c>, types of PostgreSQL).</summary>
    public FormattableString Rows(string json, params IReadOnlyList<string> columns)
    {
        if (IsPostgres) return $"jsonb_to_recordset({json}::jsonb) as v({new Raw(string.Join(", ", columns))})";
        return $"(select {new Raw(string.Join(", ", columns.Select(JsonColumn)))} from json_each({json})) as v";
    }

    public async Task<int> ExecuteAsync(FormattableString statement, CancellationToken ct)
    {
        await using var command = await CommandAsync(statement, ct);
        return await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<List<T>> ListAsync<T>(FormattableString statement, Func<DbDataReader, T> read, CancellationToken ct)
    {
        await using var command = await CommandAsync(statement, ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(read(reader));
        return rows;
    }

    /// <summary>The one number of a query; null where it is null or there is no row.</summary>
    public async Task<long?> NumberAsync(FormattableString statement, CancellationToken ct)
    {
        await using var command = await CommandAsync(statement, ct);
        var value = await command.ExecuteScalarAsync(ct);
        return value is null or DBNull ? null : Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);
    }

    public DateTimeOffset InstantOf(DbDataReader reader, int column) =>
        IsPostgres ? reader.GetFieldValue<DateTimeOffset>(column) : Instants.FromMicroseconds(reader.GetInt64(column));

    /// <summary>The word an enum is stored as.</summary>
    public static string WordOf(Enum value)
    {
        var text = new StringBuilder();
        foreach (var c in value.ToString())
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }

    public static T ValueOf<T>(string word) where T : struct, Enum => Enum.Parse<T>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    private static string JsonColumn(string column)
    {
        var name = column[..column.IndexOf(' ', StringComparison.Ordinal)];
        return $"json_extract(value, '$.{name}') as {name}";
    }

    private async Task<DbCommand> CommandAsync(FormattableString statement, CancellationToken ct)
    {
        var connection = Db.Database.GetDbConnection();
        if (connection.State != System.Data.ConnectionState.Open) await Db.Database.OpenConnectionAsync(ct);
        var command = connection.CreateCommand();
        command.Transaction = Db.Database.CurrentTransaction?.GetDbTransaction();
        var text = new StringBuilder();
        Append(statement, text, command);
        command.CommandText = text.ToString();
        return command;
    }

    private void Append(FormattableString statement, StringBuilder text, DbCommand command)
    {
        var names = new object?[statement.ArgumentCount];
        for (var i = 0; i < names.Length; i++)
        {
            switch (statement.GetArgument(i))
            {
                case FormattableString nested:
                    var inner = new StringBuilder();
                    Append(nested, inner, command);
                    names[i] = inner.ToString();
                    break;
                case Raw raw:
                    names[i] = raw.Text;
                    break;
                case var value:
                    names[i] = Add(command, value);
                    break;
            }
        }
        text.AppendFormat(System.Globalization.CultureInfo.InvariantCulture, statement.Format, names);
    }

    private string Add(DbCommand command, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = $"@p{command.Parameters.Count}";
        parameter.Value = value switch
        {
            null => DBNull.Value,
            DateTimeOffset instant => Db.Parameter(instant),
            Enum word => WordOf(word),
            _ => value,
        };
        command.Parameters.Add(parameter);
        return parameter.ParameterName;
    }
}
