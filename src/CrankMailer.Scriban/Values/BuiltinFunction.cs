using CrankMailer.Scriban.Evaluation;

namespace CrankMailer.Scriban.Values;

/// <summary>What an argument is converted to before the function sees it.</summary>
internal enum ParameterKind { Any, Text, Int, Long, Double, Bool, List, Date, Duration }

/// <summary>An optional parameter left out arrives as Default.</summary>
internal sealed record BuiltinParameter(string Name, ParameterKind Kind, bool IsOptional = false, object? Default = null)
{
    public static BuiltinParameter Any(string name) => new(name, ParameterKind.Any);

    public static BuiltinParameter Text(string name) => new(name, ParameterKind.Text);

    public static BuiltinParameter Int(string name) => new(name, ParameterKind.Int);

    public static BuiltinParameter Double(string name) => new(name, ParameterKind.Double);

    public static BuiltinParameter List(string name) => new(name, ParameterKind.List);

    public static BuiltinParameter Date(string name) => new(name, ParameterKind.Date);

    public BuiltinParameter Or(object? value) => this with { IsOptional = true, Default = value };
}

/// <summary>A call of a built-in, its arguments converted.</summary>
internal readonly record struct BuiltinCall(Evaluator Evaluator, CallSite Site, object?[] Arguments, IReadOnlyList<ArgumentValue> Rest)
{
    public object? Any(int index) => Arguments[index];

    public string? Text(int index) => (string?)Arguments[index];

    public int Int(int index) => (int)(Arguments[index] ?? 0);

    public double Double(int index) => (double)(Arguments[index] ?? 0.0);

    public bool Bool(int index) => (bool)(Arguments[index] ?? false);

    public ScriptArray? List(int index) => (ScriptArray?)Arguments[index];

    public DateTime? Date(int index) => (DateTime?)Arguments[index];

    public ScribanException Error(string text) => Site.Span.Error(text);
}

/// <summary>A function of the language. TakesMore lets any number of further arguments through, as Rest.</summary>
internal sealed class BuiltinFunction(string name, BuiltinParameter[] parameters, Func<BuiltinCall, object?> body, bool takesMore = false) : ScriptFunction
{
    private readonly int required = parameters.Count(p => !p.IsOptional);

    public string Name { get; } = name;

    public override object? Invoke(Evaluator evaluator, CallSite site, IReadOnlyList<ArgumentValue> arguments)
    {
        var values = new object?[parameters.Length];
        var given = new bool[parameters.Length];
        var rest = takesMore ? new List<ArgumentValue>() : null;
        var positional = 0;
        foreach (var argument in arguments)
        {
            var at = argument.Name is null ? positional++ : Array.FindIndex(parameters, p => p.Name == argument.Name);
            if (at < 0) throw argument.Span.Error($"Invalid argument `{argument.Name}` not found for function `{site.Name}`");
            if (at >= parameters.Length)
            {
                if (rest is null) throw argument.Span.Error(WrongCount(site, arguments.Count, parameters.Length));
                rest.Add(argument);
                continue;
            }
            values[at] = Conversions.To(evaluator, parameters[at].Kind, argument);
            given[at] = true;
        }
        for (var i = 0; i < parameters.Length; i++)
        {
            if (given[i]) continue;
            if (!parameters[i].IsOptional) throw site.Span.After.Error(WrongCount(site, arguments.Count, required));
            values[i] = parameters[i].Default;
        }
        var result = body(new BuiltinCall(evaluator, site, values, rest is null ? [] : rest));
        if (result is string text) evaluator.Budget.ChargeText(text.Length, site.Span);
        else if (result is ScriptArray list) evaluator.Budget.ChargeWork(list.Count, site.Span);
        return result;
    }

    private static string WrongCount(CallSite site, int given, int expected) =>
        $"Invalid number of arguments `{given}` passed to `{site.Name}` while expecting `{expected}` arguments";
}
