using System.Collections.Concurrent;
using System.Reflection;
using System.Text;

namespace CrankMailer.Scriban.Values;

/// <summary>Public readable properties of plain objects, in snake_case, known once per type.</summary>
internal static class HostProperties
{
    private static readonly ConcurrentDictionary<Type, (string Name, PropertyInfo Property)[]> ByType = new();

    /// <summary>
    /// Nothing reaches from a model into the machine: functions, types, streams and tasks are nothing to a template, and of other
    /// types of the runtime itself it sees the text and no member.
    /// </summary>
    public static object? Import(object value)
    {
        var type = value.GetType();
        if (IsClosed(type)) return null;
        if (!type.IsGenericType && type.Assembly == typeof(object).Assembly) return value.ToString();
        var result = new ScriptObject();
        foreach (var (name, property) in ByType.GetOrAdd(type, ReadableProperties)) result.Set(name, new PropertyValue(value, property));
        return result;
    }

    private static bool IsClosed(Type type) =>
        type.IsAssignableTo(typeof(Delegate)) || type.IsAssignableTo(typeof(MemberInfo)) || type.IsAssignableTo(typeof(Assembly))
        || type.IsAssignableTo(typeof(Stream)) || type.IsAssignableTo(typeof(Task));

    private static (string, PropertyInfo)[] ReadableProperties(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0 && !p.PropertyType.IsByRefLike)
            .Select(p => (SnakeCase(p.Name), p))];

    /// <summary>FirstName → first_name, HTMLText → html_text.</summary>
    public static string SnakeCase(string name)
    {
        var result = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || i + 1 < name.Length && char.IsLower(name[i + 1]));
            if (startsWord) result.Append('_');
            result.Append(char.ToLowerInvariant(name[i]));
        }
        return result.ToString();
    }

    private sealed class PropertyValue(object target, PropertyInfo property) : HostReference
    {
        public override object? Read() => HostValues.Import(property.GetValue(target));
    }
}
