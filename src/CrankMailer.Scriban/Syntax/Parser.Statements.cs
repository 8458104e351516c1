namespace CrankMailer.Scriban.Syntax;

/// <summary>Blocks and statements.</summary>
internal sealed partial class Parser
{
    /// <summary>Statements up to the <c>end</c>, <c>else</c> or <c>when</c> that the caller must judge, or to the end of the file.</summary>
    private BlockStatement ParseBlock()
    {
        var start = Current.Start;
        var statements = new List<Statement>();
        if (!Enter(CurrentSpan)) return new BlockStatement(SpanFrom(start), []);
        while (!stopped && Current.Kind != TokenKind.EndOfFile)
        {
            if (Current.Kind == TokenKind.Raw) AddRaw(statements);
            else if (Current.Kind is TokenKind.CodeEnter or TokenKind.CodeExit or TokenKind.NewLine or TokenKind.SemiColon) Next();
            else if (IsBlockBoundary()) break;
            else if (ParseStatement() is { } statement)
            {
                statements.Add(statement);
                ExpectEndOfStatement();
            }
        }
        Leave();
        return new BlockStatement(SpanFrom(start), [.. statements]);
    }

    private void AddRaw(List<Statement> statements)
    {
        var token = Next();
        if (token.Value is RawText raw) statements.Add(new RawStatement(Span(token.Start, token.End), raw));
    }

    private bool IsBlockBoundary() => IsWord("end") || IsWord("else") || IsWord("when");

    private void ExpectEndOfStatement()
    {
        if (stopped || Current.IsEndOfStatement) return;
        Error(CurrentSpan, $"Invalid token found `{TextOf(Current)}`. Expecting <EOL>/end of line.");
        SkipStatement();
    }

    private void SkipStatement()
    {
        while (!Current.IsEndOfStatement) Next();
    }

    private Statement? ParseStatement()
    {
        if (Current.Kind == TokenKind.Identifier && Peek().Kind is not (TokenKind.Dot or TokenKind.QuestionDot) && ParseKeyword() is { } statement)
            return statement;
        if (!StartsExpression(Current))
        {
            Fatal(CurrentSpan, $"Unexpected token {TextOf(Current)}");
            return null;
        }
        return ParseExpressionStatement();
    }

    private Statement? ParseKeyword() => source.Text[Current.Start..Current.End] switch
    {
        "if" => ParseIf(),
        "for" => ParseFor(isTableRow: false),
        "tablerow" => ParseFor(isTableRow: true),
        "while" => ParseWhile(),
        "case" => ParseCase(),
        "break" => ParseLoopJump(span => new BreakStatement(span)),
        "continue" => ParseLoopJump(span => new ContinueStatement(span)),
        "ret" => ParseReturn(),
        "capture" => ParseCapture(),
        "readonly" => ParseReadOnly(),
        "import" => ParseImport(),
        "with" => ParseWith(),
        "wrap" => ParseWrap(),
        "func" => ParseFunction(),
        _ => null,
    };

    private ExpressionStatement? ParseExpressionStatement()
    {
        var start = Current.Start;
        return ParseExpression(allowAssign: true) is { } expression ? new ExpressionStatement(SpanFrom(start), expression) : null;
    }

    private Statement ParseIf()
    {
        var start = Next().Start;
        var condition = ExpectExpression(Construct.If);
        ExpectEndOfStatement();
        var then = ParseBlock();
        return new IfStatement(SpanFrom(start), condition, then, ParseElse());
    }

    private Statement? ParseElse()
    {
        if (!IsWord("else"))
        {
            ExpectEnd(Construct.If);
            return null;
        }
        Next();
        if (IsWord("if"))
        {
            if (!Enter(CurrentSpan)) return null;
            var nested = ParseIf();
            Leave();
            return nested;
        }
        ExpectEndOfStatement();
        var block = ParseBlock();
        ExpectEnd(Construct.If);
        return block;
    }

    private void ExpectEnd(Construct construct)
    {
        if (stopped) return;
        if (IsWord("end")) Next();
        else if (Current.Kind == TokenKind.EndOfFile) SyntaxError(PreviousSpan, construct, "The <end> statement was not found");
        else RefuseStray();
    }

    private SourceSpan PreviousSpan => index == 0 ? CurrentSpan : Span(tokens[index - 1].Start, tokens[index - 1].End);

    private ForStatement? ParseFor(bool isTableRow)
    {
        var construct = isTableRow ? Construct.TableRow : Construct.For;
        var start = Next().Start;
        var keyword = Span(start, tokens[index - 1].End);
        if (Current.Kind is not (TokenKind.Identifier or TokenKind.SpecialIdentifier) || ParseVariable() is not VariableExpression variable)
        {
            SyntaxError(keyword, construct, $"Expecting a variable instead of `{TextOf(Current)}`");
            stopped = true;
            return null;
        }
        if (IsWord("in")) Next();
        else SyntaxError(keyword, construct, $"Expecting 'in' word instead of `{TextOf(Current)}`");
        var named = new List<Argument>();
        var iterator = ExpectExpression(construct, named);
        var arguments = ReadLoopArguments(named, construct);
        ExpectEndOfStatement();
        loops++;
        var body = ParseBlock();
        loops--;
        BlockStatement? otherwise = null;
        if (IsWord("else"))
        {
            Next();
            ExpectEndOfStatement();
            otherwise = ParseBlock();
        }
        ExpectEnd(construct);
        return new ForStatement(SpanFrom(start), variable, iterator, arguments, isTableRow, body, otherwise);
    }

    private LoopArguments ReadLoopArguments(List<Argument> named, Construct construct)
    {
        Expression? offset = null, limit = null, columns = null;
        var reversed = false;
        foreach (var argument in named)
        {
            if (argument.Name == "offset") offset = argument.Value;
            else if (argument.Name == "limit") limit = argument.Value;
            else if (argument.Name == "reversed") reversed = true;
            else if (argument.Name == "cols" && construct == Construct.TableRow) columns = argument.Value;
            else Error(argument.Span, $"Unsupported argument `{argument.Name}` in: {construct.Shape}");
        }
        return new LoopArguments(offset, limit, columns, reversed);
    }

    private WhileStatement ParseWhile()
    {
        var start = Next().Start;
        var condition = ExpectExpression(Construct.While);
        ExpectEndOfStatement();
        loops++;
        var body = ParseBlock();
        loops--;
        ExpectEnd(Construct.While);
        return new WhileStatement(SpanFrom(start), condition, body);
    }

    private CaseStatement ParseCase()
    {
        var start = Next().Start;
        var value = ExpectExpression(Construct.Case);
        ExpectEndOfStatement();
        var clauses = new List<WhenClause>();
        BlockStatement? otherwise = null;
        SkipToWhen();
        while (!stopped && (IsWord("when") || IsWord("else")))
        {
            if (IsWord("when") && otherwise is null) clauses.Add(ParseWhen());
            else if (IsWord("else") && otherwise is null)
            {
                Next();
                ExpectEndOfStatement();
                otherwise = ParseBlock();
            }
            else Fatal(CurrentSpan, "Nothing may follow the `else` of a `case` statement but its `end`.");
        }
        ExpectEnd(Construct.Case);
        return new CaseStatement(SpanFrom(start), value, clauses, otherwise);
    }

    /// <summary>Between <c>case</c> and its first <c>when</c> only blank text may stand.</summary>
    private void SkipToWhen()
    {
        while (!stopped && Current.Kind != TokenKind.EndOfFile && !IsBlockBoundary())
        {
            if (Current.Value is RawText raw && !string.IsNullOrWhiteSpace(raw.Text) || StartsExpression(Current))
                Fatal(CurrentSpan, $"Unexpected statement/expression `{TextOf(Current)}` in the body of a `case` statement. Only `when`/`else` are expected.");
            else Next();
        }
    }

    private WhenClause ParseWhen()
    {
        var start = Next().Start;
        var values = new List<Expression>();
        do
        {
            values.Add(StartsExpression(Current)
                ? ParseOperand(PrecedenceOf(BinaryOperator.Or), inArguments: false) ?? Missing()
                : ExpectExpression(Construct.When));
        }
        while (Accept(TokenKind.Comma) || Accept(TokenKind.DoubleVerticalBar));
        ExpectEndOfStatement();
        var body = ParseBlock();
        return new WhenClause(SpanFrom(start), values, body);
    }

    private Statement ParseLoopJump(Func<SourceSpan, Statement> make)
    {
        var token = Next();
        var span = Span(token.Start, token.End);
        if (loops == 0) Error(span, $"The <{span.Text}> statement can only be used inside for/while loops");
        return make(span);
    }

    private ReturnStatement ParseReturn()
    {
        var start = Next().Start;
        var value = StartsExpression(Current) ? ParseExpression() : null;
        return new ReturnStatement(SpanFrom(start), value);
    }

    private Statement ParseCapture()
    {
        var start = Next().Start;
        var target = ExpectPath(Construct.Capture);
        ExpectEndOfStatement();
        var body = ParseBlock();
        ExpectEnd(Construct.Capture);
        return new CaptureStatement(SpanFrom(start), target, body);
    }

    private PathExpression ExpectPath(Construct construct)
    {
        var at = CurrentSpan;
        var expression = ExpectExpression(construct);
        if (expression is PathExpression path) return path;
        if (problems.Count == 0) SyntaxError(at, construct, $"Expecting a variable instead of `{expression.Text}`");
        return new VariableExpression(at, "", IsLocal: true);
    }

    private Statement ParseReadOnly()
    {
        var start = Next().Start;
        var target = ExpectPath(Construct.ReadOnly);
        if (target is VariableExpression variable) return new ReadOnlyStatement(SpanFrom(start), variable);
        SyntaxError(target.Span, Construct.ReadOnly, $"Expecting a variable instead of `{target.Text}`");
        return new BlockStatement(target.Span, []);
    }

    private ImportStatement ParseImport()
    {
        var start = Next().Start;
        return new ImportStatement(SpanFrom(start), ExpectExpression(Construct.Import));
    }

    private WithStatement ParseWith()
    {
        var start = Next().Start;
        var target = ExpectExpression(Construct.With);
        ExpectEndOfStatement();
        var body = ParseBlock();
        ExpectEnd(Construct.With);
        return new WithStatement(SpanFrom(start), target, body);
    }

    private WrapStatement ParseWrap()
    {
        var start = Next().Start;
        var called = ExpectExpression(Construct.Wrap);
        ExpectEndOfStatement();
        loops++;
        var body = ParseBlock();
        loops--;
        ExpectEnd(Construct.Wrap);
        var call = called as CallExpression ?? new CallExpression(called.Span, called, [], IsExplicit: false);
        return new WrapStatement(SpanFrom(start), call, body);
    }
}
