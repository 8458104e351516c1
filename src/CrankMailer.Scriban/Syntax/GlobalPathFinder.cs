using CrankMailer.Scriban.Builtins;

namespace CrankMailer.Scriban.Syntax;

/// <summary>
/// Collects the paths a template reads from outside. A name the template assigns anywhere, declares as a function, parameter or
/// loop variable is its own. Inside <c>with</c> a name may mean a member, so nothing is concluded there.
/// </summary>
internal sealed class GlobalPathFinder
{
    private readonly SortedSet<string> paths = new(StringComparer.Ordinal);
    private readonly HashSet<string> own = new(StringComparer.Ordinal);
    private readonly Stack<HashSet<string>> bound = new();
    private int unknownScopes;

    public static IReadOnlyList<string> Find(Statement body)
    {
        var finder = new GlobalPathFinder();
        finder.Visit(body);
        return [.. finder.paths.Where(p => !finder.own.Contains(Root(p)) && !Library.Root.Has(Root(p)))];
    }

    private static string Root(string path) => path.Split('.', 2)[0];

    private void Visit(Statement? statement)
    {
        switch (statement)
        {
            case null or RawStatement or BreakStatement or ContinueStatement: break;
            case BlockStatement block: foreach (var inner in block.Statements) Visit(inner); break;
            case ExpressionStatement simple: Visit(simple.Expression); break;
            case IfStatement choice: Visit(choice.Condition); Visit(choice.Then); Visit(choice.Else); break;
            case CaseStatement choice: VisitCase(choice); break;
            case ForStatement loop: VisitFor(loop); break;
            case WhileStatement loop: Visit(loop.Condition); WithBound(["while"], loop.Body); break;
            case ReturnStatement end: Visit(end.Value); break;
            case CaptureStatement capture: Own(capture.Target); Visit(capture.Body); break;
            case ReadOnlyStatement fix: Own(fix.Variable); break;
            case ImportStatement import: Visit(import.Value); unknownScopes++; break;
            case WithStatement with: Visit(with.Target); unknownScopes++; Visit(with.Body); unknownScopes--; break;
            case WrapStatement wrap: Visit(wrap.Call); Visit(wrap.Body); break;
            case FunctionStatement function: Own(function.Target); VisitFunction(function.Function); break;
            default: throw new InvalidOperationException($"No way to look into a {statement.GetType().Name}.");
        }
    }

    private void VisitCase(CaseStatement choice)
    {
        Visit(choice.Value);
        foreach (var clause in choice.Clauses)
        {
            foreach (var value in clause.Values) Visit(value);
            Visit(clause.Body);
        }
        Visit(choice.Else);
    }

    private void VisitFor(ForStatement loop)
    {
        Visit(loop.Iterator);
        Visit(loop.Arguments.Offset);
        Visit(loop.Arguments.Limit);
        Visit(loop.Arguments.Columns);
        WithBound([loop.Variable.Name, "for", "tablerow"], loop.Body);
        Visit(loop.Else);
    }

    private void VisitFunction(FunctionDeclaration function)
    {
        foreach (var parameter in function.Parameters ?? []) Visit(parameter.Default);
        WithBound((function.Parameters ?? []).Select(p => p.Name), function.Body);
    }

    private void WithBound(IEnumerable<string> names, Statement body)
    {
        bound.Push(new HashSet<string>(names, StringComparer.Ordinal));
        Visit(body);
        bound.Pop();
    }

    private void Visit(Expression? expression)
    {
        switch (expression)
        {
            case null or LiteralExpression or ThisExpression: break;
            case PathExpression path: VisitPath(path); break;
            case InterpolatedExpression text: foreach (var part in text.Parts) Visit(part); break;
            case IsEmptyExpression empty: Visit(empty.Target); break;
            case ArrayExpression list: foreach (var item in list.Items) Visit(item); break;
            case ObjectExpression members: foreach (var (_, value) in members.Members) Visit(value); break;
            case NestedExpression nested: Visit(nested.Inner); break;
            case UnaryExpression unary: Visit(unary.Operand); break;
            case IncrementExpression increment: Visit(increment.Target); break;
            case BinaryExpression binary: Visit(binary.Left); Visit(binary.Right); break;
            case ConditionalExpression choice: Visit(choice.Condition); Visit(choice.Then); Visit(choice.Else); break;
            case AssignExpression assignment: Visit(assignment.Value); Own(assignment.Target); break;
            case CallExpression call: Visit(call.Target); foreach (var argument in call.Arguments) Visit(argument.Value); break;
            case PipeExpression pipe: Visit(pipe.From); Visit(pipe.To); break;
            case FunctionExpression function: VisitFunction(function.Function); break;
            default: throw new InvalidOperationException($"No way to look into a {expression.GetType().Name}.");
        }
    }

    /// <summary>The longest run of names from the variable on: <c>a.b["c"][0].d</c> reads a.b.c.</summary>
    private void VisitPath(PathExpression path)
    {
        var names = new Stack<string>();
        Expression step = path;
        while (true)
        {
            switch (step)
            {
                case VariableExpression { IsLocal: false } variable: Record(variable.Name, names); return;
                case MemberExpression member: names.Push(member.Name); step = member.Target; break;
                case IndexExpression { Index: LiteralExpression { Value: string name } } element: names.Push(name); step = element.Target; break;
                case IndexExpression element: Visit(element.Index); names.Clear(); step = element.Target; break;
                default: if (step is not PathExpression) Visit(step); return;
            }
        }
    }

    private void Record(string variable, Stack<string> names)
    {
        if (unknownScopes == 0 && !bound.Any(b => b.Contains(variable))) paths.Add(string.Join('.', names.Prepend(variable)));
    }

    private void Own(PathExpression target)
    {
        if (target is VariableExpression { IsLocal: false } variable) own.Add(variable.Name);
        else if (target is MemberExpression member) Visit(member.Target);
        else if (target is IndexExpression element) { Visit(element.Target); Visit(element.Index); }
    }
}
