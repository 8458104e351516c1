using System.Buffers;
using System.Text;
using System.Text.Json;
using CrankMailer.Model;

namespace CrankMailer.Delivery.Ledger;

/// <summary>Writes rows as the JSON array that <see cref="LedgerSql.Rows"/> reads: one parameter for any number of rows, on both databases.</summary>
internal readonly struct LedgerJson
{
    private readonly Utf8JsonWriter _json;
    private readonly bool _isPostgres;

    private LedgerJson(Utf8JsonWriter json, bool isPostgres) => (_json, _isPostgres) = (json, isPostgres);

    public static string Write<T>(LedgerSql sql, IEnumerable<T> rows, Func<LedgerJson, T, LedgerJson> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartObject();
                write(new LedgerJson(json, sql.IsPostgres), row);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public LedgerJson Number(string name, long? value)
    {
        if (value is { } number) _json.WriteNumber(name, number);
        return this;
    }

    /// <summary>NUL cannot be stored by PostgreSQL, and a hostile server can send one.</summary>
    public LedgerJson Text(string name, string? value)
    {
        if (value is not null) _json.WriteString(name, value.Replace('\0', ' '));
        return this;
    }

    public LedgerJson Instant(string name, DateTimeOffset? value)
    {
        if (value is not { } at) return this;
        if (_isPostgres) _json.WriteString(name, Instants.Cut(at));
        else _json.WriteNumber(name, Instants.ToMicroseconds(at));
        return this;
    }
}
