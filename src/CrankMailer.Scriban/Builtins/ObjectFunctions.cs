using System.Text.Json;
using CrankMailer.Scriban.Values;
using static CrankMailer.Scriban.Values.BuiltinParameter;

namespace CrankMailer.Scriban.Builtins;

/// <summary>The <c>object</c> module.</summary>
internal static class ObjectFunctions
{
    public static ScriptObject Create()
    {
        var module = new ScriptObject();
        module.Add("default", c => c.Any(0) is null or "" ? c.Any(1) : c.Any(0), Any("value"), Any("default"));
        module.Add("eval", Eval, Any("value"));
        module.Add("eval_template", EvalTemplate, Any("value"));
        module.Add("format", c => Formatting.Format(c, c.Any(0)), Any("value"), Text("format"), Text("culture").Or(null));
        module.Add("has_key", c => c.Any(0) is ScriptObject map && c.Text(1) is { } key && map.Has(key), Any("value"), Text("key"));
        module.Add("has_value", c => c.Any(0) is ScriptObject map && c.Text(1) is { } key && map.TryGet(key, out var value) && value is not null, Any("value"), Text("key"));
        module.Add("keys", c => new ScriptArray(Members(c)?.Keys ?? []), Any("value"));
        module.Add("values", c => new ScriptArray(Members(c)?.Members.Select(m => m.Value) ?? []), Any("value"));
        module.Add("size", Size, Any("value"));
        module.Add("typeof", TypeOf, Any("value"));
        module.Add("kind", Kind, Any("value"));
        module.Add("from_json", FromJson, Text("json"));
        module.Add("to_json", c => JsonText.Write(c, c.Any(0)), Any("value"));
        return module;
    }

    private static object? Eval(BuiltinCall call) => call.Any(0) switch
    {
        string code => call.Evaluator.EvaluateCode(code, call.Site.Span),
        ScriptFunction function => call.Evaluator.Invoke(function, call.Site, []),
        var value => value,
    };

    private static object? EvalTemplate(BuiltinCall call) => call.Any(0) switch
    {
        string text => call.Evaluator.EvaluateTemplate(text, call.Site.Span),
        ScriptFunction function => call.Evaluator.Invoke(function, call.Site, []),
        var value => value,
    };

    private static ScriptObject? Members(BuiltinCall call) => call.Any(0) switch
    {
        null => null,
        ScriptObject map => map,
        ScriptArray list => list.OwnProperties(),
        var other => throw call.Error($"Expecting an object instead of `{TypeNames.Of(other)}`"),
    };

    private static object Size(BuiltinCall call) => call.Any(0) switch
    {
        null => 0,
        string text => text.Length,
        ScriptArray list => list.Count,
        ScriptRange range => Evaluation.Arithmetic.Fit(range.Count),
        ScriptObject map => map.Count,
        _ => 0,
    };

    private static string? TypeOf(BuiltinCall call) => call.Any(0) switch
    {
        null => null,
        string => "string",
        bool => "boolean",
        ScriptArray => "array",
        ScriptRange => "iterator",
        var value => TypeNames.IsNumber(value) ? "number" : "object",
    };

    private static string? Kind(BuiltinCall call) => call.Any(0) switch
    {
        null => null,
        DateTime or TimeSpan or ScriptObject or EmptyValue => "object",
        var value => TypeNames.Of(value),
    };

    private static object? FromJson(BuiltinCall call)
    {
        if (call.Text(0) is not { } json) return null;
        try
        {
            call.Evaluator.Budget.ChargeText(json.Length, call.Site.Span);
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
            return HostValues.Import(document.RootElement.Clone());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw call.Error($"Invalid JSON: {e.Message}");
        }
    }
}
