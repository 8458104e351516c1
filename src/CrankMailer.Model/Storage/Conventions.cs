using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CrankMailer.Model.Storage;

/// <summary>What holds for every table: snake_case names, enums as lower-case words, instants as each database likes them.</summary>
internal static class Conventions
{
    public static void Apply(ModelBuilder builder, DatabaseEngine engine)
    {
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            if (entity.GetTableName() is { } table) entity.SetTableName(SnakeCase(table.Replace("AspNet", "", StringComparison.Ordinal)));
            foreach (var property in entity.GetProperties()) Apply(property, engine);
            foreach (var key in entity.GetKeys()) key.SetName(key.GetName() is { } name ? SnakeCase(name) : null);
            foreach (var key in entity.GetForeignKeys()) key.SetConstraintName(key.GetConstraintName() is { } name ? SnakeCase(name) : null);
            foreach (var index in entity.GetIndexes()) index.SetDatabaseName(index.GetDatabaseName() is { } name ? SnakeCase(name) : null);
        }
    }

    private static void Apply(IMutableProperty property, DatabaseEngine engine)
    {
        property.SetColumnName(SnakeCase(property.Name));
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type.IsEnum && !type.IsDefined(typeof(FlagsAttribute), inherit: false))
        {
            property.SetValueConverter((ValueConverter?)Activator.CreateInstance(typeof(EnumWordConverter<>).MakeGenericType(type)));
            property.SetMaxLength(24);
        }
        else if (type == typeof(DateTimeOffset))
        {
            property.SetValueConverter(engine == DatabaseEngine.Sqlite ? new MicrosecondsConverter() : new CutToMicrosecondsConverter());
        }
    }

    internal static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            var boundary = i > 0 && char.IsUpper(c) && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (boundary) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}

/// <summary><c>HardBounce</c> is stored as <c>hard_bounce</c>.</summary>
internal sealed class EnumWordConverter<T>() : ValueConverter<T, string>(value => Words[value], text => Values[text])
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Words = Enum.GetValues<T>().ToDictionary(v => v, v => Conventions.SnakeCase(v.ToString()));
    private static readonly Dictionary<string, T> Values = Words.ToDictionary(w => w.Value, w => w.Key);
}

/// <summary>Unix microseconds: SQLite cannot compare its text form of an instant.</summary>
internal sealed class MicrosecondsConverter() : ValueConverter<DateTimeOffset, long>(
    value => Instants.ToMicroseconds(value), number => Instants.FromMicroseconds(number));

/// <summary>timestamptz holds microseconds of UTC.</summary>
internal sealed class CutToMicrosecondsConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(
    value => Instants.Cut(value), value => value);
