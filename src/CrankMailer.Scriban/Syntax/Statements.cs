namespace CrankMailer.Scriban.Syntax;

internal abstract record Statement(SourceSpan Span);

internal sealed record BlockStatement(SourceSpan Span, Statement[] Statements) : Statement(Span);

internal sealed record RawStatement(SourceSpan Span, RawText Raw) : Statement(Span);

/// <summary>An expression standing alone: its value is written, but for an assignment's.</summary>
internal sealed record ExpressionStatement(SourceSpan Span, Expression Expression) : Statement(Span);

internal sealed record IfStatement(SourceSpan Span, Expression Condition, BlockStatement Then, Statement? Else) : Statement(Span);

internal sealed record WhenClause(SourceSpan Span, IReadOnlyList<Expression> Values, BlockStatement Body);

internal sealed record CaseStatement(SourceSpan Span, Expression Value, IReadOnlyList<WhenClause> Clauses, BlockStatement? Else) : Statement(Span);

/// <summary><c>for</c> and <c>tablerow</c>. Columns is null for a <c>for</c>.</summary>
internal sealed record ForStatement(
    SourceSpan Span, VariableExpression Variable, Expression Iterator, LoopArguments Arguments, bool IsTableRow, BlockStatement Body, BlockStatement? Else)
    : Statement(Span);

internal sealed record LoopArguments(Expression? Offset, Expression? Limit, Expression? Columns, bool IsReversed);

internal sealed record WhileStatement(SourceSpan Span, Expression Condition, BlockStatement Body) : Statement(Span);

internal sealed record BreakStatement(SourceSpan Span) : Statement(Span);

internal sealed record ContinueStatement(SourceSpan Span) : Statement(Span);

internal sealed record ReturnStatement(SourceSpan Span, Expression? Value) : Statement(Span);

internal sealed record CaptureStatement(SourceSpan Span, PathExpression Target, BlockStatement Body) : Statement(Span);

internal sealed record ReadOnlyStatement(SourceSpan Span, VariableExpression Variable) : Statement(Span);

internal sealed record ImportStatement(SourceSpan Span, Expression Value) : Statement(Span);

internal sealed record WithStatement(SourceSpan Span, Expression Target, BlockStatement Body) : Statement(Span);

internal sealed record WrapStatement(SourceSpan Span, CallExpression Call, BlockStatement Body) : Statement(Span);

internal sealed record FunctionStatement(SourceSpan Span, PathExpression Target, FunctionDeclaration Function) : Statement(Span);
