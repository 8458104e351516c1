using System.Text;
using CrankMailer.Scriban.Syntax;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Evaluation;

/// <summary>Binary operators by the types of their sides: empty, strings, lists, null, numbers, booleans, dates.</summary>
internal sealed class Operators(Evaluator evaluator)
{
    public static string TextOf(BinaryOperator op) => op switch
    {
        BinaryOperator.Coalesce => "??",
        BinaryOperator.NotCoalesce => "?!",
        BinaryOperator.Or => "||",
        BinaryOperator.And => "&&",
        BinaryOperator.BitAnd => "&",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.DivideRound => "//",
        BinaryOperator.Modulus => "%",
        BinaryOperator.ShiftLeft => "<<",
        BinaryOperator.ShiftRight => ">>",
        BinaryOperator.RangeInclude => "..",
        _ => "..<",
    };

    private static bool IsComparison(BinaryOperator op) => op is >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual;

    /// <summary>Everything but ??, ?!, &amp;&amp; and ||, which do not always look at their right side.</summary>
    public object? Calculate(BinaryOperator op, SourceSpan at, object? left, SourceSpan leftSpan, object? right, SourceSpan rightSpan)
    {
        left = LiveText.Flatten(left);
        right = LiveText.Flatten(right);
        if (left is string || right is string) return OfStrings(op, at, left, leftSpan, right, rightSpan);
        if (left is EmptyValue || right is EmptyValue) return OfEmpty(op, left, right);
        if (left is null || right is null) return OfNull(op, left, right);
        if (op is BinaryOperator.RangeInclude or BinaryOperator.RangeExclude) return Range(op, at, left, leftSpan, right, rightSpan);
        if (left is ScriptArray or ScriptRange || right is ScriptArray or ScriptRange)
            return new ListOperators(evaluator, this).Calculate(op, at, left, leftSpan, right, rightSpan);
        // Beside a number a boolean is 1 or 0.
        if (left is bool && TypeNames.IsNumber(right)) left = left is true ? 1 : 0;
        if (right is bool && TypeNames.IsNumber(left)) right = right is true ? 1 : 0;
        if (TypeNames.IsNumber(left) && TypeNames.IsNumber(right)) return Arithmetic.Calculate(op, at, left, right);
        return OfOthers(op, at, left, right);
    }

    public bool AreEqual(object? left, object? right, SourceSpan span) =>
        Calculate(BinaryOperator.Equal, span, left, span, right, span) is true;

    private object OfStrings(BinaryOperator op, SourceSpan at, object? left, SourceSpan leftSpan, object? right, SourceSpan rightSpan)
    {
        if (op == BinaryOperator.Multiply) return Repeat(at, left, leftSpan, right, rightSpan);
        if (IsComparison(op) && (left is EmptyValue || right is EmptyValue)) return op == BinaryOperator.NotEqual;
        if (op != BinaryOperator.Add && !IsComparison(op)) throw at.Error($"Operator `{TextOf(op)}` is not supported on string objects");
        // Null joins as nothing but is not the empty text, and comes before every text.
        if (IsComparison(op) && (left is null || right is null)) return Compare(op, left is null ? -1 : 1);
        var first = left is null ? "" : evaluator.ToText(left, leftSpan);
        var second = right is null ? "" : evaluator.ToText(right, rightSpan);
        if (op == BinaryOperator.Add)
        {
            evaluator.Budget.ChargeText((long)first.Length + second.Length, at);
            return first + second;
        }
        if (op is BinaryOperator.Equal or BinaryOperator.NotEqual) return string.Equals(first, second, StringComparison.Ordinal) == (op == BinaryOperator.Equal);
        return HasOrder(op, evaluator.CompareText(first, second));
    }

    private string Repeat(SourceSpan at, object? left, SourceSpan leftSpan, object? right, SourceSpan rightSpan)
    {
        // "a" * 2 and 2 * "a": where both are strings the left one is taken for the number, and refused.
        var (text, textSpan, number, numberSpan) = right is string ? (right, rightSpan, left, leftSpan) : (left, leftSpan, right, rightSpan);
        if (!TypeNames.IsNumber(number))
            throw numberSpan.Error("Expecting an integer. The operator `*` is not supported for the expression. Only working on string x int or int x string");
        var count = Math.Max(0, Conversions.ToInt(number, numberSpan));
        var one = evaluator.ToText(text ?? "", textSpan);
        evaluator.Budget.ChargeText((long)one.Length * count, at);
        return new StringBuilder(one.Length * count).Insert(0, one, count).ToString();
    }

    private static bool HasOrder(BinaryOperator op, int order) => op switch
    {
        BinaryOperator.Less => order < 0,
        BinaryOperator.LessOrEqual => order <= 0,
        BinaryOperator.Greater => order > 0,
        _ => order >= 0,
    };

    private static object? OfEmpty(BinaryOperator op, object? left, object? right)
    {
        var both = left is EmptyValue && right is EmptyValue;
        var isEmpty = both ? true : IsEmpty(left is EmptyValue ? right : left);
        return op switch
        {
            BinaryOperator.Equal or BinaryOperator.LessOrEqual or BinaryOperator.GreaterOrEqual => isEmpty,
            BinaryOperator.NotEqual => isEmpty is null ? null : !isEmpty,
            BinaryOperator.Less or BinaryOperator.Greater => false,
            _ => EmptyValue.Instance,
        };
    }

    /// <summary>Null for null: neither empty nor not.</summary>
    public static bool? IsEmpty(object? value) => value switch
    {
        null => null,
        string text => text.Length == 0,
        LiveText text => text.Text.Length == 0,
        ScriptArray list => list.Count == 0,
        ScriptRange range => range.Count == 0,
        ScriptObject map => map.Count == 0,
        EmptyValue => true,
        _ => false,
    };

    private static object? OfNull(BinaryOperator op, object? left, object? right)
    {
        if (!IsComparison(op)) return null;
        var both = left is null && right is null;
        return op == BinaryOperator.Equal && both || op == BinaryOperator.NotEqual && !both;
    }

    private ScriptRange Range(BinaryOperator op, SourceSpan at, object left, SourceSpan leftSpan, object right, SourceSpan rightSpan)
    {
        var from = Conversions.ToLong(left, leftSpan);
        var to = Conversions.ToLong(right, rightSpan);
        var descends = from > to;
        if (op == BinaryOperator.RangeExclude && from == to) return new ScriptRange(from, from - 1, false);
        if (op == BinaryOperator.RangeExclude) to += descends ? 1 : -1;
        var limit = evaluator.Budget.Limits.LoopSteps;
        if (Math.Abs((decimal)from - to) + 1 > limit) throw at.Error($"Range expression exceeds LoopLimit `{limit}`.");
        return new ScriptRange(from, to, descends);
    }

    private object OfOthers(BinaryOperator op, SourceSpan at, object left, object right)
    {
        if ((left is bool || right is bool) && IsComparison(op))
        {
            var (first, second) = (Conversions.IsTrue(left), Conversions.IsTrue(right));
            if (op == BinaryOperator.Equal) return first == second;
            if (op == BinaryOperator.NotEqual) return first != second;
        }
        if (OfTimes(op, left, right, at) is { } time) return time;
        if (op == BinaryOperator.Equal) return Equals(left, right);
        if (op == BinaryOperator.NotEqual) return !Equals(left, right);
        throw at.Error($"Unsupported types `{evaluator.ToText(left, at)}/{TypeNames.Of(left)}` {TextOf(op)} `{evaluator.ToText(right, at)}/{TypeNames.Of(right)}` for binary operation");
    }

    private static object? OfTimes(BinaryOperator op, object left, object right, SourceSpan at)
    {
        try
        {
            return (left, right) switch
            {
                (DateTime a, DateTime b) when op == BinaryOperator.Subtract => a - b,
                (DateTime a, DateTime b) when IsComparison(op) => Compare(op, a.CompareTo(b)),
                (DateTime a, TimeSpan b) when op == BinaryOperator.Add => a + b,
                (DateTime a, TimeSpan b) when op == BinaryOperator.Subtract => a - b,
                (TimeSpan a, TimeSpan b) when op == BinaryOperator.Add => a + b,
                (TimeSpan a, TimeSpan b) when op == BinaryOperator.Subtract => a - b,
                (TimeSpan a, TimeSpan b) when IsComparison(op) => Compare(op, a.CompareTo(b)),
                _ => null,
            };
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            throw at.Error("The date is out of range.");
        }
    }

    private static bool Compare(BinaryOperator op, int order) => op switch
    {
        BinaryOperator.Equal => order == 0,
        BinaryOperator.NotEqual => order != 0,
        _ => HasOrder(op, order),
    };
}
