namespace CrankMailer.Scriban.Syntax;

/// <summary>What gives a value. Span is where errors about the whole of it point.</summary>
internal abstract record Expression(SourceSpan Span)
{
    public string Text => Span.Text;
}

internal sealed record LiteralExpression(SourceSpan Span, object? Value) : Expression(Span);

/// <summary><c>$"text {hole} text"</c></summary>
internal sealed record InterpolatedExpression(SourceSpan Span, IReadOnlyList<Expression> Parts) : Expression(Span);

/// <summary>What an assignment may stand left of: a variable, member or element.</summary>
internal abstract record PathExpression(SourceSpan Span) : Expression(Span);

internal sealed record VariableExpression(SourceSpan Span, string Name, bool IsLocal) : PathExpression(Span);

internal sealed record ThisExpression(SourceSpan Span) : PathExpression(Span);

/// <summary><c>target.name</c>, or <c>target?.name</c>, which gives null where target is null.</summary>
internal sealed record MemberExpression(SourceSpan Span, Expression Target, string Name, SourceSpan NameSpan, bool IsOptional) : PathExpression(Span);

internal sealed record IndexExpression(SourceSpan Span, Expression Target, Expression Index) : PathExpression(Span);

/// <summary><c>target.empty?</c></summary>
internal sealed record IsEmptyExpression(SourceSpan Span, Expression Target) : Expression(Span);

internal sealed record ArrayExpression(SourceSpan Span, IReadOnlyList<Expression> Items) : Expression(Span);

internal sealed record ObjectExpression(SourceSpan Span, IReadOnlyList<(string Name, Expression Value)> Members) : Expression(Span);

internal sealed record NestedExpression(SourceSpan Span, Expression Inner) : Expression(Span);

internal enum UnaryOperator { Not, Negate, Plus, Alias, Expand }

internal sealed record UnaryExpression(SourceSpan Span, UnaryOperator Operator, Expression Operand) : Expression(Span);

/// <summary><c>++x</c>, <c>x--</c>: the value is the new one for a prefix, the old one for a postfix.</summary>
internal sealed record IncrementExpression(SourceSpan Span, PathExpression Target, int Step, bool IsPrefix) : Expression(Span);

internal enum BinaryOperator
{
    Coalesce, NotCoalesce, Or, And,
    BitAnd, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual,
    Add, Subtract, Multiply, Divide, DivideRound, Modulus, ShiftLeft, ShiftRight, RangeInclude, RangeExclude,
}

internal sealed record BinaryExpression(SourceSpan Span, BinaryOperator Operator, SourceSpan OperatorSpan, Expression Left, Expression Right) : Expression(Span);

internal sealed record ConditionalExpression(SourceSpan Span, Expression Condition, Expression Then, Expression Else) : Expression(Span);

/// <summary>Operator is null for a plain <c>=</c>.</summary>
internal sealed record AssignExpression(SourceSpan Span, PathExpression Target, BinaryOperator? Operator, SourceSpan OperatorSpan, Expression Value) : Expression(Span);

/// <summary>One argument of a call; Name is null for a positional one.</summary>
internal sealed record Argument(SourceSpan Span, string? Name, Expression Value);

internal sealed record CallExpression(SourceSpan Span, Expression Target, IReadOnlyList<Argument> Arguments, bool IsExplicit) : Expression(Span);

internal sealed record PipeExpression(SourceSpan Span, Expression From, Expression To) : Expression(Span);

/// <summary><c>do … end</c></summary>
internal sealed record FunctionExpression(SourceSpan Span, FunctionDeclaration Function) : Expression(Span);

internal sealed record Parameter(string Name, Expression? Default, bool IsVariable);

/// <summary>Parameters is null for a simple function, which sees its arguments only as <c>$</c> and opens no context of its own.</summary>
internal sealed record FunctionDeclaration(string Name, IReadOnlyList<Parameter>? Parameters, Statement Body)
{
    public int Required { get; } = Parameters?.Count(p => p.Default is null && !p.IsVariable) ?? 0;

    public bool TakesAny { get; } = Parameters is null || Parameters.Any(p => p.IsVariable);
}
