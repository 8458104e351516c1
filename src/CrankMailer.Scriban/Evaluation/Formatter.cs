using System.Globalization;
using System.Numerics;
using System.Text;
using CrankMailer.Scriban.Syntax;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Evaluation;

/// <summary>Turns values into text as a template prints them: null is nothing, lists are [1, "a"], objects {name: "a"}.</summary>
internal sealed class Formatter(Evaluator evaluator, SourceSpan span)
{
    private readonly CultureInfo culture = evaluator.Culture;

    public string Format(object value)
    {
        if (FormatScalar(value) is { } scalar) return scalar;
        var result = new StringBuilder();
        Append(result, value, 0, nested: false);
        return result.ToString();
    }

    private string? FormatScalar(object value) => value switch
    {
        string text => text,
        LiveText text => text.Text,
        bool flag => flag ? "true" : "false",
        int number => number.ToString(culture),
        long number => number.ToString(culture),
        double number => number.ToString("R", culture),
        float number => number.ToString("R", culture),
        decimal number => number.ToString(culture),
        BigInteger number => number.ToString(culture),
        DateTime date => evaluator.FormatDate(date, span),
        TimeSpan time => time.ToString(null, culture),
        EmptyValue => "",
        ScriptFunction => "",
        _ => null,
    };

    private void Append(StringBuilder result, object? value, int depth, bool nested)
    {
        var limits = evaluator.Budget.Limits;
        if (depth > limits.ObjectDepth) throw span.Error("Structure is too deeply nested or contains reference loops.");
        if (result.Length > limits.TextLength) evaluator.Budget.ChargeText(result.Length, span);
        evaluator.Budget.ChargeWork(1, span);
        switch (value)
        {
            case null: result.Append("null"); break;
            case string or LiveText when nested: result.Append('"').Append(Escapes.Escape(value.ToString() ?? "")).Append('"'); break;
            case ScriptArray list: AppendItems(result, list.Items, depth); break;
            case ScriptRange range: AppendItems(result, range.Items, depth); break;
            case ScriptObject map: AppendMembers(result, map, depth); break;
            default: result.Append(FormatScalar(value)); break;
        }
    }

    private void AppendItems(StringBuilder result, IEnumerable<object?> items, int depth)
    {
        var first = true;
        result.Append('[');
        foreach (var item in items)
        {
            if (!first) result.Append(", ");
            first = false;
            Append(result, item, depth + 1, nested: true);
        }
        result.Append(']');
    }

    private void AppendMembers(StringBuilder result, ScriptObject map, int depth)
    {
        var first = true;
        result.Append('{');
        foreach (var (name, value) in map.Members)
        {
            if (!first) result.Append(", ");
            first = false;
            result.Append(name).Append(": ");
            Append(result, value, depth + 1, nested: true);
        }
        result.Append('}');
    }
}
