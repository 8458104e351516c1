using CrankMailer.Scriban.Syntax;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Evaluation;

/// <summary>Operators on lists: joining, appending, repeating, common items, comparison item by item.</summary>
internal sealed class ListOperators(Evaluator evaluator, Operators operators)
{
    public object? Calculate(BinaryOperator op, SourceSpan at, object left, SourceSpan leftSpan, object right, SourceSpan rightSpan)
    {
        var first = AsList(left);
        var second = AsList(right);
        evaluator.Budget.ChargeWork((first?.Count ?? 1) + (second?.Count ?? 1), at);
        return op switch
        {
            BinaryOperator.ShiftLeft when first is not null => new ScriptArray(first.Items.Append(right)),
            BinaryOperator.ShiftRight when second is not null => new ScriptArray(second.Items.Prepend(left)),
            BinaryOperator.Multiply when first is null != second is null => Repeat(at, first ?? second, first is null ? left : right, first is null ? leftSpan : rightSpan),
            BinaryOperator.Divide or BinaryOperator.DivideRound or BinaryOperator.Modulus when first is not null && second is null =>
                Cut(op, first, Conversions.ToInt(right, rightSpan), rightSpan),
            BinaryOperator.Add when first is not null && second is not null => new ScriptArray(first.Items.Concat(second.Items)),
            BinaryOperator.BitAnd when first is not null && second is not null => new ScriptArray(first.Items.Intersect(second.Items)),
            >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual when first is not null && second is not null => Compare(op, at, first, second),
            BinaryOperator.Equal => false,
            BinaryOperator.NotEqual => true,
            _ => throw Unsupported(op, left, right, first is null ? leftSpan : second is null ? rightSpan : at),
        };
    }

    private static ScriptArray? AsList(object value) => value switch
    {
        ScriptArray list => list,
        ScriptRange range => new ScriptArray(range.Items),
        _ => null,
    };

    private ScriptArray Repeat(SourceSpan at, ScriptArray? list, object count, SourceSpan countSpan)
    {
        var times = Conversions.ToInt(count, countSpan);
        if (times < 0) throw countSpan.Error($"Integer {times} cannot be negative when multiplying");
        var result = new ScriptArray();
        if (list is null) return result;
        evaluator.Budget.ChargeWork((long)list.Count * times, at);
        for (var i = 0; i < times; i++)
            foreach (var item in list.Items) result.Add(item);
        return result;
    }

    /// <summary>list / n is its first n-th part, list % n what n equal parts leave over.</summary>
    private static ScriptArray Cut(BinaryOperator op, ScriptArray list, int parts, SourceSpan span)
    {
        if (parts <= 0) throw span.Error($"Cannot divide a list by {parts}");
        var size = list.Count / parts;
        return new ScriptArray(op == BinaryOperator.Modulus ? list.Items.Skip(size * parts) : list.Items.Take(size));
    }

    private bool Compare(BinaryOperator op, SourceSpan at, ScriptArray left, ScriptArray right)
    {
        if (ReferenceEquals(left, right) && op is BinaryOperator.Equal or BinaryOperator.NotEqual) return op == BinaryOperator.Equal;
        var order = left.Count.CompareTo(right.Count);
        if (op == BinaryOperator.Equal) return order == 0 && SameItems(at, left, right);
        if (op == BinaryOperator.NotEqual) return order != 0 || !SameItems(at, left, right);
        if (order != 0) return op is BinaryOperator.Less or BinaryOperator.LessOrEqual ? order < 0 : order > 0;
        if (left.Count == 0) return op is BinaryOperator.LessOrEqual or BinaryOperator.GreaterOrEqual;
        return AllItems(op, at, left, right);
    }

    private bool SameItems(SourceSpan at, ScriptArray left, ScriptArray right) => AllItems(BinaryOperator.Equal, at, left, right);

    private bool AllItems(BinaryOperator op, SourceSpan at, ScriptArray left, ScriptArray right)
    {
        evaluator.Budget.EnterRecursion(at);
        var all = left.Items.Zip(right.Items).All(pair => operators.Calculate(op, at, pair.First, at, pair.Second, at) is true);
        evaluator.Budget.LeaveRecursion();
        return all;
    }

    private static ScribanException Unsupported(BinaryOperator op, object left, object right, SourceSpan at) =>
        at.Error($"The operator `{Operators.TextOf(op)}` is not supported between {TypeNames.Of(left)} and {TypeNames.Of(right)}.");
}
