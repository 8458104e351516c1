using CrankMailer.Scriban.Builtins;
using CrankMailer.Scriban.Evaluation;
using CrankMailer.Scriban.Syntax;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Personal;

/// <summary>Holes and conditions: the few expressions the personal phase has, and an error with its place for every other.</summary>
internal sealed class PersonalExpressionCompiler(PersonalSyntax syntax)
{
    private static readonly PersonalNode Nothing = new PersonalNode.Constant(default);

    private readonly List<ScribanProblem> problems = [];
    private readonly List<PersonalPathUse> paths = [];
    private readonly ScribanOptions options = new() { Culture = syntax.Culture, AutoIndent = false };

    public IReadOnlyList<ScribanProblem> Problems => problems;

    public IReadOnlyList<PersonalPathUse> Paths => paths;

    /// <summary>Null where it is refused.</summary>
    public CompiledHole? CompileHole(Expression expression)
    {
        var before = problems.Count;
        var last = expression is PipeExpression pipe ? FunctionName(pipe.To) : null;
        var isRaw = last == "html.raw";
        if (isRaw) CheckRaw((PipeExpression)expression);
        var withoutLast = expression is PipeExpression { From: var from } ? Value(from, pipes: true) : Value(expression, pipes: true);
        var whole = expression is PipeExpression piped && !isRaw ? Pipe(piped, withoutLast) : withoutLast;
        if (problems.Count > before) return null;
        return new CompiledHole(
            context => IsLeftToEscaping(last, context) ? withoutLast : whole, IsSafeUrl(expression), isRaw, last == "html.newline_to_br", syntax);
    }

    /// <summary>The escaping of the place does what these pipes ask for; doing both would show the escapes.</summary>
    private static bool IsLeftToEscaping(string? last, PersonalContext context) => last switch
    {
        "html.escape" => context is PersonalContext.HtmlText or PersonalContext.HtmlAttribute or PersonalContext.UrlPart,
        "html.url_encode" or "html.url_escape" => context == PersonalContext.UrlPart,
        "html.newline_to_br" => context == PersonalContext.HtmlText,
        _ => false,
    };

    private void CheckRaw(PipeExpression pipe)
    {
        if (PathOf(pipe.From) is not { } path || !PersonalSyntax.Matches(syntax.SafeHtml, path))
            Problem(pipe.To, "html.raw is allowed for values only that are known to be safe HTML");
    }

    private bool IsSafeUrl(Expression expression) => expression switch
    {
        NestedExpression nested => IsSafeUrl(nested.Inner),
        BinaryExpression { Operator: BinaryOperator.Coalesce } either => IsSafeUrl(either.Left) && IsSafeUrl(either.Right),
        _ => PathOf(expression) is { } path && PersonalSyntax.Matches(syntax.SafeUrls, path),
    };

    public PersonalExpression CompileCondition(Expression expression) => new(Condition(expression), false, syntax.Culture);

    private PersonalNode Condition(Expression expression) => expression switch
    {
        NestedExpression nested => Condition(nested.Inner),
        UnaryExpression { Operator: UnaryOperator.Not } not => new PersonalNode.Not(Condition(not.Operand)),
        BinaryExpression { Operator: BinaryOperator.And } both => new PersonalNode.And(Condition(both.Left), Condition(both.Right)),
        BinaryExpression { Operator: BinaryOperator.Or } either => new PersonalNode.Or(Condition(either.Left), Condition(either.Right)),
        BinaryExpression { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual } comparison =>
            new PersonalNode.IsEqual(Operand(comparison.Left), Operand(comparison.Right), comparison.Operator == BinaryOperator.Equal),
        _ => Operand(expression),
    };

    /// <summary>A side of a comparison, an argument of a pipe: a path or a literal.</summary>
    private PersonalNode Operand(Expression expression) => expression switch
    {
        NestedExpression nested => Operand(nested.Inner),
        LiteralExpression literal => new PersonalNode.Constant(PersonalValue.From(literal.Value)),
        UnaryExpression { Operator: UnaryOperator.Negate, Operand: LiteralExpression { Value: int number } } => new PersonalNode.Constant(PersonalValue.Of(-(long)number)),
        PathExpression when PathOf(expression) is { } path => Path(expression, path),
        _ => Refuse(expression, "A condition has names, literals, ==, !=, &&, || and ! only"),
    };

    private PersonalNode Value(Expression expression, bool pipes) => expression switch
    {
        NestedExpression nested => Value(nested.Inner, pipes),
        LiteralExpression literal => new PersonalNode.Constant(PersonalValue.From(literal.Value)),
        BinaryExpression { Operator: BinaryOperator.Coalesce } either =>
            new PersonalNode.Coalesce(Value(either.Left, pipes: false), Value(either.Right, pipes: false)),
        PipeExpression pipe when pipes => Pipe(pipe, Value(pipe.From, pipes: true)),
        PathExpression when PathOf(expression) is { } path => Path(expression, path),
        _ => Refuse(expression, "Personal text has names, ??, and pipes to string.*, date.* and html.* only"),
    };

    private PersonalNode Pipe(PipeExpression pipe, PersonalNode from)
    {
        var name = FunctionName(pipe.To);
        if (name is null || !PersonalFunctions.IsAllowed(name)) return RefuseFunction(pipe.To, name);
        if (PersonalFunctions.Find(name) is not { } function) return Refuse(pipe.To, $"`{name}` must be the last pipe");
        var arguments = (pipe.To as CallExpression)?.Arguments ?? [];
        if (arguments.FirstOrDefault(a => a.Name is not null) is { } named) return Refuse(named.Value, "Arguments cannot be named here");
        return new PersonalNode.Pipe(from, function, new CallSite(pipe.To.Span, name), [.. arguments.Select(a => Operand(a.Value))], options);
    }

    private PersonalNode RefuseFunction(Expression to, string? name)
    {
        var near = name is null ? null : Spelling.Nearest(name, PersonalFunctions.Names);
        return Refuse(to, near is null ? $"`{name ?? to.Text}` is not among the functions of personal text: {string.Join(", ", PersonalFunctions.Names)}"
            : $"`{name}` is not among the functions of personal text. Did you mean `{near}`?");
    }

    private static string? FunctionName(Expression to) => to switch
    {
        CallExpression call => FunctionName(call.Target),
        NestedExpression nested => FunctionName(nested.Inner),
        MemberExpression { Target: VariableExpression { IsLocal: false } module } member => $"{module.Name}.{member.Name}",
        _ => null,
    };

    /// <summary><c>a.b["c"]</c> as a.b.c; null for anything but names.</summary>
    private static string? PathOf(Expression expression) => expression switch
    {
        VariableExpression { IsLocal: false } variable => variable.Name,
        MemberExpression member => PathOf(member.Target) is { } target ? $"{target}.{member.Name}" : null,
        IndexExpression { Index: LiteralExpression { Value: string name } } element => PathOf(element.Target) is { } target ? $"{target}.{name}" : null,
        _ => null,
    };

    private PersonalNode Path(Expression expression, string path)
    {
        if (Library.Root.Has(path.Split('.')[0])) return Refuse(expression, $"`{path}` is a function; it can stand right of a pipe only");
        var problem = expression.Span.Problem("");
        paths.Add(new PersonalPathUse(path, problem.Line, problem.Column));
        return new PersonalNode.Path(string.Intern(path));
    }

    private PersonalNode Refuse(Expression expression, string text)
    {
        Problem(expression, text);
        return Nothing;
    }

    private void Problem(Expression expression, string text) => problems.Add(expression.Span.Problem(text));
}
