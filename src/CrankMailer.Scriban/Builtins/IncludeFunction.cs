using CrankMailer.Scriban.Evaluation;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Builtins;

/// <summary><c>include name argument …</c></summary>
internal sealed class IncludeFunction : ScriptFunction
{
    public override object? Invoke(Evaluator evaluator, CallSite site, IReadOnlyList<ArgumentValue> arguments)
    {
        if (arguments.Count == 0 || arguments[0].Name is not null)
            throw site.Span.After.Error($"Invalid number of arguments `0` passed to `{site.Name}` while expecting `1` arguments");
        var name = arguments[0].Value is { } value ? evaluator.ToText(value, arguments[0].Span) : "";
        return evaluator.Include(name, site, arguments);
    }
}

/// <summary>
/// <c>include_join names separator begin end</c>: several templates with text between, before and behind them. The texts may
/// be templates themselves, named <c>tpl:name</c>. Where all is empty, begin and end are left out.
/// </summary>
internal static class IncludeJoin
{
    private const string TemplatePrefix = "tpl:";

    public static BuiltinFunction Create() => new("include_join", [
        BuiltinParameter.List("names"), BuiltinParameter.Text("separator"),
        BuiltinParameter.Text("begin").Or(null), BuiltinParameter.Text("end").Or(null)], Join);

    private static object? Join(BuiltinCall call)
    {
        var sink = new CaptureSink(tracksOrigin: true);
        var separator = Part(call, call.Text(1));
        var first = true;
        foreach (var name in call.List(0)?.Items ?? [])
        {
            if (!first) Append(sink, separator);
            first = false;
            Append(sink, IncludeOne(call, name is null ? "" : call.Evaluator.ToText(name, call.Site.Span)));
        }
        if (sink.Length == 0) return "";
        var whole = new CaptureSink(tracksOrigin: true);
        Append(whole, Part(call, call.Text(2)));
        Append(whole, sink.Result);
        Append(whole, Part(call, call.Text(3)));
        return call.Evaluator.TracksOrigin ? whole.Result : whole.Result.ToString();
    }

    private static object Part(BuiltinCall call, string? text) =>
        text is not null && text.StartsWith(TemplatePrefix, StringComparison.Ordinal) ? IncludeOne(call, text[TemplatePrefix.Length..]) : text ?? "";

    private static object IncludeOne(BuiltinCall call, string name) =>
        call.Evaluator.Include(name, call.Site, [new ArgumentValue(null, name, call.Site.Span)]);

    private static void Append(CaptureSink sink, object part)
    {
        if (part is LiveText live) sink.Live(live);
        else sink.Value(part.ToString());
    }
}
