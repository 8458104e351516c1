using System.Globalization;
using System.Numerics;
using CrankMailer.Scriban.Evaluation;
using CrankMailer.Scriban.Syntax;

namespace CrankMailer.Scriban.Values;

/// <summary>What a value becomes where a function or operator needs another type.</summary>
internal static class Conversions
{
    /// <summary>Only null and false are false.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        _ => true,
    };

    public static object? To(Evaluator evaluator, ParameterKind kind, ArgumentValue argument)
    {
        var value = LiveText.Flatten(argument.Value);
        switch (kind)
        {
            case ParameterKind.Any: return value;
            case ParameterKind.Text: return value is null ? null : evaluator.ToText(value, argument.Span);
            case ParameterKind.Int: return ToInt(value, argument.Span);
            case ParameterKind.Long: return ToLong(value, argument.Span);
            case ParameterKind.Double: return ToDouble(value, argument.Span);
            case ParameterKind.Bool: return IsTrue(value);
            case ParameterKind.List: return ToList(evaluator, value, argument.Span);
            case ParameterKind.Date when value is null or DateTime: return value;
            case ParameterKind.Date when value is string text:
                return DateTime.TryParse(text, evaluator.Culture, DateTimeStyles.None, out var date) ? date : throw Unable(value, "DateTime", argument.Span);
            case ParameterKind.Date: throw Unable(value, "DateTime", argument.Span);
            case ParameterKind.Duration: return value is null or TimeSpan ? value : throw Unable(value, "TimeSpan", argument.Span);
            default: throw new InvalidOperationException($"No conversion to {kind}.");
        }
    }

    public static int ToInt(object? value, SourceSpan span)
    {
        if (value is int number) return number;
        var wide = ToDecimal(value, "int", span);
        return wide is >= int.MinValue and <= int.MaxValue ? (int)wide : throw Unable(value, "int", span);
    }

    public static long ToLong(object? value, SourceSpan span)
    {
        if (value is int or long) return Convert.ToInt64(value, CultureInfo.InvariantCulture);
        var wide = ToDecimal(value, "long", span);
        return wide is >= long.MinValue and <= long.MaxValue ? (long)wide : throw Unable(value, "long", span);
    }

    private static decimal ToDecimal(object? value, string type, SourceSpan span)
    {
        try
        {
            return value switch
            {
                null => 0,
                bool flag => flag ? 1 : 0,
                int n => n,
                long n => n,
                float n => Math.Round((decimal)n),
                double n => Math.Round((decimal)n),
                decimal n => Math.Round(n),
                BigInteger n => (decimal)n,
                string text when decimal.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed) => parsed,
                _ => throw Unable(value, type, span),
            };
        }
        catch (OverflowException)
        {
            throw Unable(value, type, span);
        }
    }

    public static double ToDouble(object? value, SourceSpan span) => value switch
    {
        double n => n,
        null => 0,
        bool flag => flag ? 1 : 0,
        int n => n,
        long n => n,
        float n => n,
        decimal n => (double)n,
        BigInteger n => (double)n,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
        _ => throw Unable(value, "double", span),
    };

    private static ScriptArray? ToList(Evaluator evaluator, object? value, SourceSpan span) => value switch
    {
        null => null,
        ScriptArray list => list,
        _ when evaluator.FindItems(value, span) is { } items => new ScriptArray(items),
        _ => throw Unable(value, "list", span),
    };

    public static ScribanException Unable(object? value, string type, SourceSpan span) =>
        span.Error($"Unable to convert type `{TypeNames.Of(value)}` to `{type}`");
}
