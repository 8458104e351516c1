using System.Collections;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrankMailer.Scriban.Values;

/// <summary>
/// Brings a host's values into the language. Dictionaries, lists, JSON and plain objects become objects and lists of
/// the language; the only reflection is over public readable properties (<see cref="HostProperties"/>).
/// </summary>
internal static class HostValues
{
    /// <summary>The object a render starts from: the members of the model, converted when read.</summary>
    public static ScriptObject ImportModel(object? model) => model is null ? new ScriptObject() : Import(model) as ScriptObject
        ?? throw new ArgumentException($"A model must be a dictionary, an object or JSON object, not {model.GetType().Name}.", nameof(model));

    public static object? Import(object? value) => Scalar(value, out var scalar) ? scalar : ImportCompound(value);

    private static bool Scalar(object? value, out object? scalar)
    {
        scalar = value;
        switch (value)
        {
            case null or bool or int or long or double or float or decimal or string or DateTime or TimeSpan or BigInteger
                or ScriptObject or ScriptArray or ScriptRange or ScriptFunction or EmptyValue or LiveText:
                return true;
            case LiveMarkup markup: scalar = new LiveText(markup.Text, [(0, markup.Text.Length)]); return true;
            case byte or sbyte or short or ushort: scalar = Convert.ToInt32(value, null); return true;
            case uint number: scalar = number <= int.MaxValue ? (object)(int)number : (long)number; return true;
            case ulong number: scalar = number <= long.MaxValue ? (object)(long)number : new BigInteger(number); return true;
            case char or Enum or Guid or Uri or Version: scalar = value.ToString(); return true;
            case DateTimeOffset instant: scalar = instant.DateTime; return true;
            case DateOnly day: scalar = day.ToDateTime(TimeOnly.MinValue); return true;
            case TimeOnly time: scalar = time.ToTimeSpan(); return true;
            case JsonElement { ValueKind: not (JsonValueKind.Object or JsonValueKind.Array) } element: scalar = JsonScalar(element); return true;
            case JsonValue node: return Scalar(JsonSerializer.SerializeToElement(node), out scalar);
            default: return false;
        }
    }

    private static object? ImportCompound(object? value) => value switch
    {
        ScribanFunction function => new HostFunction(function),
        JsonDocument document => Import(document.RootElement),
        JsonElement { ValueKind: JsonValueKind.Object } element => FromPairs(element.EnumerateObject().Select(p => (p.Name, (object?)p.Value))),
        JsonElement element => FromItems(element.EnumerateArray().Select(e => (object?)e)),
        JsonObject node => FromPairs(node.Select(p => (p.Key, (object?)p.Value))),
        JsonArray node => FromItems(node),
        IReadOnlyDictionary<string, object?> map => FromPairs(map.Select(p => (p.Key, p.Value))),
        IDictionary map => FromPairs(map.Keys.Cast<object>().Select(k => (k.ToString() ?? "", map[k]))),
        IEnumerable list => FromItems(list.Cast<object?>()),
        null => null,
        _ => HostProperties.Import(value),
    };

    private static ScriptObject FromPairs(IEnumerable<(string Name, object? Value)> pairs)
    {
        var result = new ScriptObject();
        foreach (var (name, value) in pairs) result.Set(name, Defer(value));
        return result;
    }

    private static ScriptArray FromItems(IEnumerable<object?> items) => new(items.Select(Defer));

    private static object? Defer(object? value) => Scalar(value, out var scalar) ? scalar : new Deferred(value);

    /// <summary>A number of JSON is an int where it fits, else a double as in JavaScript, but a long where a double would lose digits.</summary>
    public static object? JsonScalar(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => JsonString(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when element.TryGetInt32(out var small) => small,
        JsonValueKind.Number when element.TryGetInt64(out var large) && Math.Abs((double)large) > 1L << 53 => large,
        JsonValueKind.Number => element.GetDouble(),
        _ => null,
    };

    /// <summary>Half of a surrogate pair is legal as an escape in JSON but is no text; such a string is read as nothing.</summary>
    private static string? JsonString(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private sealed class Deferred(object? value) : HostReference
    {
        public override object? Read() => ImportCompound(value);
    }
}
