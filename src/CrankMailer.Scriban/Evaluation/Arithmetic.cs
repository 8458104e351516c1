using System.Globalization;
using System.Numerics;
using CrankMailer.Scriban.Syntax;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Evaluation;

/// <summary>
/// Operators on two numbers: the wider type of the two decides, in the order decimal, double, float, bigint, long, int.
/// Integers grow as needed and shrink again to the smallest type that holds them.
/// </summary>
internal static class Arithmetic
{
    /// <summary>Longer integers are refused: a few multiplications would otherwise fill the memory.</summary>
    private const int MaxBits = 65536;

    public static object Calculate(BinaryOperator op, SourceSpan span, object left, object right)
    {
        if (left is int a && right is int b) return OfInts(op, span, a, b);
        if (left is decimal || right is decimal) return OfDecimals(op, span, ToDecimal(left, span), ToDecimal(right, span));
        if (left is double || right is double) return OfDoubles(op, span, Conversions.ToDouble(left, span), Conversions.ToDouble(right, span));
        if (left is float || right is float) return OfFloats(op, span, (float)Conversions.ToDouble(left, span), (float)Conversions.ToDouble(right, span));
        return OfIntegers(op, span, ToBig(left), ToBig(right));
    }

    private static object OfInts(BinaryOperator op, SourceSpan span, int left, int right) => op switch
    {
        BinaryOperator.Add => Fit((long)left + right),
        BinaryOperator.Subtract => Fit((long)left - right),
        BinaryOperator.Multiply => Fit((long)left * right),
        BinaryOperator.Equal => left == right,
        BinaryOperator.NotEqual => left != right,
        BinaryOperator.Less => left < right,
        BinaryOperator.LessOrEqual => left <= right,
        BinaryOperator.Greater => left > right,
        BinaryOperator.GreaterOrEqual => left >= right,
        _ => OfIntegers(op, span, left, right),
    };

    private static object OfIntegers(BinaryOperator op, SourceSpan span, BigInteger left, BigInteger right)
    {
        if (op is BinaryOperator.DivideRound or BinaryOperator.Modulus && right.IsZero) throw span.Error("Attempted to divide by zero.");
        if (op is BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight && BigInteger.Abs(right) > MaxBits)
            throw span.Error($"Cannot shift by more than {MaxBits} bits.");
        object result = op switch
        {
            BinaryOperator.Add => left + right,
            BinaryOperator.Subtract => left - right,
            BinaryOperator.Multiply => left * right,
            BinaryOperator.Divide => (double)left / (double)right,
            BinaryOperator.DivideRound => BigInteger.Divide(left, right),
            BinaryOperator.Modulus => BigInteger.Remainder(left, right),
            BinaryOperator.ShiftLeft => left << (int)right,
            BinaryOperator.ShiftRight => left >> (int)right,
            BinaryOperator.BitAnd => left & right,
            _ => Compare(op, span, left.CompareTo(right)),
        };
        if (result is not BigInteger big) return result;
        if (big.GetBitLength() > MaxBits) throw span.Error($"The integer has more than {MaxBits} bits.");
        return Fit(big);
    }

    private static object OfDecimals(BinaryOperator op, SourceSpan span, decimal left, decimal right)
    {
        if (op is BinaryOperator.Divide or BinaryOperator.DivideRound or BinaryOperator.Modulus && right == 0)
            throw span.Error("Attempted to divide by zero.");
        try
        {
            return op switch
            {
                BinaryOperator.Add => left + right,
                BinaryOperator.Subtract => left - right,
                BinaryOperator.Multiply => left * right,
                BinaryOperator.Divide => left / right,
                BinaryOperator.DivideRound => Math.Round(left / right),
                BinaryOperator.Modulus => left % right,
                _ => Compare(op, span, left.CompareTo(right)),
            };
        }
        catch (OverflowException)
        {
            throw span.Error("The number is too large for a decimal.");
        }
    }

    private static object OfDoubles(BinaryOperator op, SourceSpan span, double left, double right) => op switch
    {
        BinaryOperator.Add => left + right,
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Multiply => left * right,
        BinaryOperator.Divide => left / right,
        BinaryOperator.DivideRound => Math.Round(left / right),
        BinaryOperator.Modulus => left % right,
        BinaryOperator.Equal => left == right,
        BinaryOperator.NotEqual => left != right,
        BinaryOperator.Less => left < right,
        BinaryOperator.LessOrEqual => left <= right,
        BinaryOperator.Greater => left > right,
        BinaryOperator.GreaterOrEqual => left >= right,
        _ => throw NotImplemented(op, span, "double"),
    };

    private static object OfFloats(BinaryOperator op, SourceSpan span, float left, float right)
    {
        var result = OfDoubles(op, span, left, right);
        return result is double number ? (float)number : result;
    }

    private static bool Compare(BinaryOperator op, SourceSpan span, int order) => op switch
    {
        BinaryOperator.Equal => order == 0,
        BinaryOperator.NotEqual => order != 0,
        BinaryOperator.Less => order < 0,
        BinaryOperator.LessOrEqual => order <= 0,
        BinaryOperator.Greater => order > 0,
        BinaryOperator.GreaterOrEqual => order >= 0,
        _ => throw NotImplemented(op, span, "number"),
    };

    private static ScribanException NotImplemented(BinaryOperator op, SourceSpan span, string type) =>
        span.Error($"The operator `{Operators.TextOf(op)}` is not implemented for {type}<->{type}");

    public static object Fit(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? Fit((long)value) : value;

    public static object Fit(long value) => value is >= int.MinValue and <= int.MaxValue ? (object)(int)value : value;

    public static object Negate(object number, SourceSpan span) => number switch
    {
        double n => -n,
        float n => -n,
        decimal n => -n,
        _ => OfIntegers(BinaryOperator.Subtract, span, 0, ToBig(number)),
    };

    private static BigInteger ToBig(object value) => value switch
    {
        int n => n,
        long n => n,
        BigInteger n => n,
        _ => throw new InvalidOperationException($"{value.GetType().Name} is no integer."),
    };

    private static decimal ToDecimal(object value, SourceSpan span)
    {
        try
        {
            return value is BigInteger big ? (decimal)big : Convert.ToDecimal(value, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            throw span.Error("The number is too large for a decimal.");
        }
    }
}
