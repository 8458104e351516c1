using System.Numerics;
using CrankMailer.Scriban.Evaluation;
using CrankMailer.Scriban.Syntax;
using CrankMailer.Scriban.Values;
using static CrankMailer.Scriban.Values.BuiltinParameter;

namespace CrankMailer.Scriban.Builtins;

/// <summary>The <c>math</c> module.</summary>
internal static class MathFunctions
{
    public static ScriptObject Create()
    {
        var module = new ScriptObject();
        module.Add("abs", Absolute, Any("value"));
        module.Add("ceil", c => Math.Ceiling(c.Double(0)), Double("value"));
        module.Add("floor", c => Math.Floor(c.Double(0)), Double("value"));
        module.Add("round", Round, Double("value"), Int("precision").Or(0));
        module.Add("divided_by", Divide, Double("value"), Any("divisor"));
        module.Add("format", c => Formatting.Format(c, c.Any(0)), Any("value"), Text("format"), Text("culture").Or(null));
        module.Add("is_number", c => TypeNames.IsNumber(c.Any(0)), Any("value"));
        module.Add("minus", c => Calculate(BinaryOperator.Subtract, c), Any("value"), Any("with"));
        module.Add("modulo", c => Calculate(BinaryOperator.Modulus, c), Any("value"), Any("with"));
        module.Add("plus", c => Calculate(BinaryOperator.Add, c), Any("value"), Any("with"));
        module.Add("times", c => Calculate(BinaryOperator.Multiply, c), Any("value"), Any("with"));
        module.Add("uuid", _ => Guid.NewGuid().ToString());
        module.Add("random", Random, Int("minValue"), Int("maxValue"));
        return module;
    }

    private static object? Calculate(BinaryOperator op, BuiltinCall call) =>
        call.Evaluator.Calculate(op, call.Site.Span, call.Any(0), call.Any(1));

    private static object? Absolute(BuiltinCall call) => call.Any(0) switch
    {
        null => null,
        int n => Arithmetic.Fit(Math.Abs((long)n)),
        long n => Arithmetic.Fit(BigInteger.Abs(n)),
        BigInteger n => BigInteger.Abs(n),
        float n => Math.Abs(n),
        double n => Math.Abs(n),
        decimal n => Math.Abs(n),
        var other => throw Unexpected(call, other),
    };

    private static object Round(BuiltinCall call)
    {
        var digits = call.Int(1);
        if (digits is < 0 or > 15) throw call.Error("Rounding digits must be between 0 and 15, inclusive.");
        return Math.Round(call.Double(0), digits);
    }

    /// <summary>An integer divisor gives an integer, rounded down.</summary>
    private static object? Divide(BuiltinCall call)
    {
        if (call.Any(1) is not { } divisor) return null;
        var result = call.Evaluator.Calculate(BinaryOperator.Divide, call.Site.Span, call.Double(0), divisor);
        if (!TypeNames.IsInteger(divisor) || result is not double number) return result;
        if (!double.IsFinite(number)) throw call.Error("Attempted to divide by zero.");
        return Arithmetic.Fit(new BigInteger(Math.Floor(number)));
    }

    private static object Random(BuiltinCall call)
    {
        if (call.Int(0) > call.Int(1)) throw call.Error("minValue must be less than maxValue");
        return System.Random.Shared.Next(call.Int(0), call.Int(1));
    }

    private static ScribanException Unexpected(BuiltinCall call, object value) =>
        call.Error($"The value `{call.Evaluator.ToText(value, call.Site.Span)}` is not a number");
}
