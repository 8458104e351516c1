using CrankMailer.Scriban.Syntax;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Evaluation;

/// <summary>Calls and pipes. What a pipe brings waits in a field until the first function right of it takes it.</summary>
internal sealed partial class Evaluator
{
    private List<ArgumentValue>? piped;
    private BlockStatement? pendingBlock;

    /// <summary>A function found where a value was wanted is called with what a pipe brought, else with nothing.</summary>
    private object? CallWithPiped(ScriptFunction function, Expression named)
    {
        var arguments = piped ?? [];
        piped = null;
        return Invoke(function, new CallSite(named.Span, named.Text), arguments);
    }

    private object? EvaluateCall(CallExpression call)
    {
        var brought = piped;
        piped = null;
        var target = EvaluateAlias(call.Target);
        if (target is null) throw NoFunction(call.Target);
        if (target is ScriptObject { Callable: { } callable }) target = callable;
        if (target is not ScriptFunction function) throw InvalidFunction(call.Target, target);
        return Call(function, call, brought);
    }

    private object? Call(ScriptFunction function, CallExpression call, List<ArgumentValue>? brought = null)
    {
        var block = pendingBlock;
        pendingBlock = null;
        var arguments = brought ?? [];
        foreach (var argument in call.Arguments) AddArgument(arguments, argument);
        pendingBlock = block;
        return Invoke(function, new CallSite(call.Span, call.Target.Text), arguments);
    }

    private void AddArgument(List<ArgumentValue> arguments, Argument argument)
    {
        var value = Evaluate(argument.Value);
        if (argument.Value is UnaryExpression { Operator: UnaryOperator.Expand }) Spread(arguments, value, argument.Span);
        else arguments.Add(new ArgumentValue(argument.Name, value, argument.Value.Span));
    }

    private void Spread(List<ArgumentValue> arguments, object? value, SourceSpan span)
    {
        if (FindItems(value, span) is not { } items || value is string or LiveText) arguments.Add(new ArgumentValue(null, value, span));
        else foreach (var item in items) arguments.Add(new ArgumentValue(null, item, span));
        Budget.ChargeWork(arguments.Count, span);
    }

    /// <summary>The function itself where an expression names one; <c>@f</c>, and what stands before arguments.</summary>
    private object? EvaluateAlias(Expression expression) => expression switch
    {
        PathExpression => Resolve(expression),
        NestedExpression nested => EvaluateAlias(nested.Inner),
        _ => Evaluate(expression),
    };

    private object? EvaluatePipe(PipeExpression pipe)
    {
        var from = Evaluate(pipe.From);
        var brought = new List<ArgumentValue>();
        if (IsSpread(pipe.From)) Spread(brought, from, pipe.From.Span);
        else brought.Add(new ArgumentValue(null, from, pipe.From.Span));
        var outer = piped;
        piped = brought;
        var result = Evaluate(pipe.To);
        if (piped is not null) throw pipe.To.Span.Error($"Pipe expression destination `{pipe.To.Text}` is not a valid function ");
        piped = outer;
        return result;
    }

    private static bool IsSpread(Expression expression) => expression is UnaryExpression { Operator: UnaryOperator.Expand };

    private static ScribanException NoFunction(Expression target) => target.Span.Error($"The function `{target.Text}` was not found");

    private ScribanException InvalidFunction(Expression target, object value)
    {
        var shown = value is ScriptArray ? TypeNames.Clr(value) : ToText(value, target.Span);
        return target.Span.Error($"Invalid target function `{shown}` ({TypeNames.Of(value)})");
    }

    /// <summary>Calls a function with given arguments; for built-ins that take functions.</summary>
    public object? Invoke(ScriptFunction function, CallSite site, List<ArgumentValue> arguments)
    {
        GuardStack(site.Span);
        Budget.ChargeWork(1 + arguments.Count, site.Span);
        return function.Invoke(this, site, arguments);
    }

    public object? InvokeUser(FunctionDeclaration function, CallSite site, IReadOnlyList<ArgumentValue> arguments)
    {
        Budget.EnterRecursion(site.Span);
        var (outerFrame, outerPiped, depth) = (frame, piped, scopes.Count);
        var direct = new ScriptArray();
        frame = new Frame(direct) { Block = pendingBlock };
        (pendingBlock, piped) = (null, null);
        if (function.Parameters is null) BindFreely(direct, arguments);
        else BindParameters(function, function.Parameters, site, arguments, direct);
        ExecuteStatement(function.Body);
        var result = flow == Flow.Return ? returned : null;
        (flow, returned) = (Flow.None, null);
        (frame, piped) = (outerFrame, outerPiped);
        if (scopes.Count > depth) scopes.RemoveRange(depth, scopes.Count - depth);
        Budget.LeaveRecursion();
        return result;
    }

    /// <summary>A simple function sees its arguments as the list <c>$</c>, named ones as its properties.</summary>
    private static void BindFreely(ScriptArray direct, IReadOnlyList<ArgumentValue> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Name is null) direct.Add(argument.Value);
            else direct.OwnProperties().Set(argument.Name, argument.Value);
        }
    }

    private void BindParameters(
        FunctionDeclaration function, IReadOnlyList<Parameter> parameters, CallSite site, IReadOnlyList<ArgumentValue> arguments, ScriptArray direct)
    {
        var members = new ScriptObject();
        var more = new ScriptArray();
        var positional = 0;
        foreach (var argument in arguments)
        {
            if (argument.Name is not null)
            {
                if (parameters.All(p => p.Name != argument.Name)) throw argument.Span.Error($"Invalid argument `{argument.Name}` not found for function `{site.Name}`");
                members.Set(argument.Name, argument.Value);
            }
            else if (positional < parameters.Count && !parameters[positional].IsVariable) members.Set(parameters[positional++].Name, argument.Value);
            else if (function.TakesAny) more.Add(argument.Value);
            else throw WrongCount(site, arguments.Count, parameters.Count);
        }
        scopes.Add(new Scope(members));
        foreach (var parameter in parameters)
        {
            if (parameter.IsVariable) members.Set(parameter.Name, more);
            else if (members.Has(parameter.Name)) { }
            else if (parameter.Default is { } value) members.Set(parameter.Name, Evaluate(value));
            else throw WrongCount(site, arguments.Count, function.Required);
            direct.Add(members.TryGet(parameter.Name, out var bound) ? bound : null);
        }
    }

    private static ScribanException WrongCount(CallSite site, int given, int expected) =>
        site.Span.After.Error($"Invalid number of arguments `{given}` passed to `{site.Name}` while expecting `{expected}` arguments");
}
