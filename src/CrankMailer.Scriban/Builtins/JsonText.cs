using System.Buffers;
using System.Numerics;
using System.Text;
using System.Text.Json;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Builtins;

/// <summary>JSON of a value, for <c>object.to_json</c>.</summary>
internal static class JsonText
{
    public static string Write(BuiltinCall call, object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) Write(call, json, value, 0);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(BuiltinCall call, Utf8JsonWriter json, object? value, int depth)
    {
        var limits = call.Evaluator.Budget.Limits;
        if (depth > limits.ObjectDepth) throw call.Error("Structure is too deeply nested or contains reference loops.");
        call.Evaluator.Budget.ChargeWork(1, call.Site.Span);
        if (json.BytesCommitted + json.BytesPending > limits.TextLength) call.Evaluator.Budget.ChargeText(limits.TextLength + 1L, call.Site.Span);
        switch (value)
        {
            case null or ScriptFunction: json.WriteNullValue(); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case float number when float.IsFinite(number): json.WriteNumberValue(number); break;
            case BigInteger number: json.WriteRawValue(number.ToString(null, null)); break;
            case DateTime date: json.WriteStringValue(date); break;
            case ScriptArray list: WriteItems(call, json, list.Items, depth); break;
            case ScriptRange range: WriteItems(call, json, range.Items, depth); break;
            case ScriptObject map: WriteMembers(call, json, map, depth); break;
            case EmptyValue: json.WriteStartObject(); json.WriteEndObject(); break;
            default: json.WriteStringValue(WellFormed(call.Evaluator.ToText(value, call.Site.Span))); break;
        }
    }

    /// <summary>Half of a surrogate pair becomes U+FFFD, as everywhere text turns into UTF-8.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static void WriteItems(BuiltinCall call, Utf8JsonWriter json, IEnumerable<object?> items, int depth)
    {
        json.WriteStartArray();
        foreach (var item in items) Write(call, json, item, depth + 1);
        json.WriteEndArray();
    }

    private static void WriteMembers(BuiltinCall call, Utf8JsonWriter json, ScriptObject map, int depth)
    {
        json.WriteStartObject();
        foreach (var (name, value) in map.Members)
        {
            if (value is ScriptFunction) continue;
            json.WritePropertyName(WellFormed(name));
            Write(call, json, value, depth + 1);
        }
        json.WriteEndObject();
    }
}
