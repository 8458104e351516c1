using System.Text;
using CrankMailer.Scriban.Syntax;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Evaluation;

/// <summary>Expressions but for variables and calls.</summary>
internal sealed partial class Evaluator
{
    private static readonly object True = true;
    private static readonly object False = false;

    private static object Box(bool value) => value ? True : False;

    /// <summary>The value of an expression; a function found there is called.</summary>
    private object? Evaluate(Expression expression)
    {
        switch (expression)
        {
            case LiteralExpression literal: return literal.Value;
            case VariableExpression or MemberExpression or IndexExpression or ThisExpression: return EvaluatePath(expression);
        }
        GuardStack(expression.Span);
        return expression switch
        {
            BinaryExpression binary => EvaluateBinary(binary),
            CallExpression call => EvaluateCall(call),
            PipeExpression pipe => EvaluatePipe(pipe),
            NestedExpression nested => EvaluateNested(nested),
            UnaryExpression unary => EvaluateUnary(unary),
            ConditionalExpression choice => Evaluate(Conversions.IsTrue(Evaluate(choice.Condition)) ? choice.Then : choice.Else),
            InterpolatedExpression text => EvaluateInterpolated(text),
            ArrayExpression list => EvaluateArray(list),
            ObjectExpression members => EvaluateObject(members),
            AssignExpression assignment => EvaluateAssign(assignment),
            IncrementExpression increment => EvaluateIncrement(increment),
            IsEmptyExpression empty => Operators.IsEmpty(Evaluate(empty.Target)) is { } isEmpty ? Box(isEmpty) : null,
            FunctionExpression function => new UserFunction(function.Function),
            _ => throw new InvalidOperationException($"No way to evaluate a {expression.GetType().Name}."),
        };
    }

    private object? EvaluateNested(NestedExpression nested)
    {
        var value = Evaluate(nested.Inner);
        // (do; ret 1; end) stands for its result, @(do … end) for the function.
        return value is ScriptFunction function && nested.Inner is not UnaryExpression { Operator: UnaryOperator.Alias }
            ? CallWithPiped(function, nested)
            : value;
    }

    private object? EvaluateBinary(BinaryExpression binary)
    {
        var left = Evaluate(binary.Left);
        switch (binary.Operator)
        {
            case BinaryOperator.Coalesce: return left ?? Evaluate(binary.Right);
            case BinaryOperator.NotCoalesce: return left is null ? null : Evaluate(binary.Right);
            case BinaryOperator.And: return Box(Conversions.IsTrue(left) && Conversions.IsTrue(Evaluate(binary.Right)));
            case BinaryOperator.Or: return Box(Conversions.IsTrue(left) || Conversions.IsTrue(Evaluate(binary.Right)));
        }
        var right = Evaluate(binary.Right);
        return operators.Calculate(binary.Operator, binary.OperatorSpan, left, binary.Left.Span, right, binary.Right.Span);
    }

    /// <summary>For the math module.</summary>
    public object? Calculate(BinaryOperator op, SourceSpan span, object? left, object? right) =>
        operators.Calculate(op, span, left, span, right, span);

    public bool AreEqual(object? left, object? right, SourceSpan span) => operators.AreEqual(left, right, span);

    private object? EvaluateUnary(UnaryExpression unary)
    {
        if (unary.Operator == UnaryOperator.Alias) return EvaluateAlias(unary.Operand);
        var value = Evaluate(unary.Operand);
        switch (unary.Operator)
        {
            case UnaryOperator.Not: return Box(!Conversions.IsTrue(value));
            case UnaryOperator.Expand: return value;
            case UnaryOperator.Plus or UnaryOperator.Negate when value is null: return null;
        }
        if (value is bool flag) value = flag ? 1 : 0;
        if (value is null || !TypeNames.IsNumber(value))
        {
            var shown = value is null ? "null" : ToText(value, unary.Span);
            throw unary.Span.Error($"Unexpected value `{shown} / Type: {TypeNames.Of(value)}`. Cannot negate(-)/positive(+) a non-numeric value");
        }
        return unary.Operator == UnaryOperator.Negate ? Arithmetic.Negate(value, unary.Span) : value;
    }

    private string EvaluateInterpolated(InterpolatedExpression text)
    {
        var result = new StringBuilder();
        foreach (var part in text.Parts)
        {
            if (Evaluate(part) is { } value) result.Append(ToText(value, part.Span));
            Budget.ChargeText(result.Length, part.Span);
        }
        return result.ToString();
    }

    private ScriptArray EvaluateArray(ArrayExpression list)
    {
        var result = new ScriptArray();
        foreach (var item in list.Items)
        {
            var value = Evaluate(item);
            if (item is UnaryExpression { Operator: UnaryOperator.Expand } && FindItems(value, item.Span) is { } items)
                foreach (var one in items) result.Add(one);
            else result.Add(value);
        }
        Budget.ChargeWork(result.Count, list.Span);
        return result;
    }

    private ScriptObject EvaluateObject(ObjectExpression initializer)
    {
        var result = new ScriptObject();
        foreach (var (name, value) in initializer.Members) result.Set(name, Evaluate(value));
        return result;
    }

    private object? EvaluateAssign(AssignExpression assignment)
    {
        var value = Evaluate(assignment.Value);
        if (assignment.Operator is { } op)
            value = operators.Calculate(op, assignment.OperatorSpan, Evaluate(assignment.Target), assignment.Target.Span, value, assignment.Value.Span);
        Assign(assignment.Target, value);
        return value;
    }

    private object? EvaluateIncrement(IncrementExpression increment)
    {
        var old = Evaluate(increment.Target);
        if (old is not null && !TypeNames.IsNumber(old))
            throw increment.Target.Span.Error($"Cannot increment or decrement the {TypeNames.Of(old)} `{ToText(old, increment.Target.Span)}`");
        var result = old is null ? increment.Step : Arithmetic.Calculate(BinaryOperator.Add, increment.Span, old, increment.Step);
        Assign(increment.Target, result);
        return increment.IsPrefix ? result : old;
    }
}
