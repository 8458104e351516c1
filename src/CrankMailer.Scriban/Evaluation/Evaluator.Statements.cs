using CrankMailer.Scriban.Syntax;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Evaluation;

/// <summary>Statements but for loops.</summary>
internal sealed partial class Evaluator
{
    private void Execute(BlockStatement block)
    {
        foreach (var statement in block.Statements)
        {
            ExecuteStatement(statement);
            if (flow != Flow.None) return;
        }
    }

    private void ExecuteStatement(Statement statement)
    {
        if (statement is RawStatement raw)
        {
            WriteRaw(raw);
            return;
        }
        GuardStack(statement.Span);
        Budget.ChargeWork(1, statement.Span);
        switch (statement)
        {
            case ExpressionStatement simple: ExecuteExpression(simple); break;
            case BlockStatement block: Execute(block); break;
            case IfStatement choice: ExecuteIf(choice); break;
            case CaseStatement choice: ExecuteCase(choice); break;
            case ForStatement loop: ExecuteFor(loop); break;
            case WhileStatement loop: ExecuteWhile(loop); break;
            case BreakStatement: flow = Flow.Break; break;
            case ContinueStatement: flow = Flow.Continue; break;
            case ReturnStatement end: ExecuteReturn(end); break;
            case CaptureStatement capture: ExecuteCapture(capture); break;
            case ReadOnlyStatement fix: ExecuteReadOnly(fix.Variable); break;
            case ImportStatement import: ExecuteImport(import); break;
            case WithStatement with: ExecuteWith(with); break;
            case WrapStatement wrap: ExecuteWrap(wrap); break;
            case FunctionStatement function: Assign(function.Target, new UserFunction(function.Function)); break;
            default: throw new InvalidOperationException($"No way to run a {statement.GetType().Name}.");
        }
    }

    private void ExecuteExpression(ExpressionStatement statement)
    {
        if (statement.Expression is VariableExpression { IsLocal: true, Name: "$$" })
        {
            ExecuteBlockDelegate();
            return;
        }
        var value = Evaluate(statement.Expression);
        if (statement.Expression is not AssignExpression) Write(value, statement.Span);
    }

    private void ExecuteIf(IfStatement choice)
    {
        Statement? next = choice;
        while (next is IfStatement step)
        {
            if (Conversions.IsTrue(Evaluate(step.Condition)))
            {
                Execute(step.Then);
                return;
            }
            next = step.Else;
        }
        if (next is BlockStatement otherwise) Execute(otherwise);
    }

    private void ExecuteCase(CaseStatement choice)
    {
        var value = Evaluate(choice.Value);
        foreach (var clause in choice.Clauses)
        {
            foreach (var candidate in clause.Values)
            {
                if (!operators.AreEqual(value, Evaluate(candidate), candidate.Span)) continue;
                Execute(clause.Body);
                return;
            }
        }
        if (choice.Else is not null) Execute(choice.Else);
    }

    private void ExecuteReturn(ReturnStatement end)
    {
        returned = end.Value is null ? null : Evaluate(end.Value);
        flow = Flow.Return;
    }

    private void ExecuteCapture(CaptureStatement capture)
    {
        var (outerSink, outerOutput) = (sink, outputState);
        var captured = new CaptureSink(tracksOrigin);
        (sink, outputState) = (captured, default);
        Execute(capture.Body);
        (sink, outputState) = (outerSink, outerOutput);
        Assign(capture.Target, captured.Result);
    }

    private void ExecuteImport(ImportStatement import)
    {
        var value = Evaluate(import.Value);
        if (value is not ScriptObject source) throw import.Value.Span.Error($"Unexpected value `{TypeNames.Of(value)}` for import. Expecting an object");
        var target = scopes[^1].Members;
        foreach (var (name, member) in source.Members)
            if (!target.IsReadOnly(name)) target.Set(name, member);
    }

    private void ExecuteWith(WithStatement with)
    {
        var value = Evaluate(with.Target);
        if (value is null) throw with.Target.Span.Error($"Invalid target property `{with.Target.Text}` used for [with] statement. Must be a ScriptObject instead of `null`");
        if (value is not ScriptObject members)
            throw with.Target.Span.Error($"Invalid target property `{with.Target.Text}` used for [with] statement. Must be a ScriptObject instead of `{TypeNames.Of(value)}`");
        scopes.Add(new Scope(members));
        Execute(with.Body);
        scopes.RemoveAt(scopes.Count - 1);
    }

    private void ExecuteWrap(WrapStatement wrap)
    {
        if (EvaluateAlias(wrap.Call.Target) is not ScriptFunction function)
            throw wrap.Call.Target.Span.Error($"Expecting a direct function instead of the expression `{wrap.Call.Target.Text}/{Kind(wrap.Call.Target)}`");
        var outer = pendingBlock;
        pendingBlock = wrap.Body;
        var value = Call(function, wrap.Call);
        pendingBlock = outer;
        Write(value, wrap.Span);
    }

    private static string Kind(Expression expression) => expression switch
    {
        VariableExpression => "variable",
        MemberExpression => "member",
        IndexExpression => "indexer",
        _ => "expression",
    };

    private void ExecuteBlockDelegate()
    {
        if (frame.Block is not { } block) return;
        // The block sees the variables of the function that runs it, but not itself.
        Budget.EnterRecursion(block.Span);
        frame.Block = null;
        Execute(block);
        frame.Block = block;
        Budget.LeaveRecursion();
    }
}
