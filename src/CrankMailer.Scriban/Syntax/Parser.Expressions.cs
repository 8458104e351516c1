namespace CrankMailer.Scriban.Syntax;

/// <summary>Expressions, loosest binding first: conditional, pipe, binary operators and calls, unary, member and index.</summary>
internal sealed partial class Parser
{
    private bool StartsExpression(Token token) => token.Kind
        is TokenKind.Identifier or TokenKind.SpecialIdentifier
        or TokenKind.Integer or TokenKind.Float or TokenKind.String or TokenKind.InterpolatedBegin
        or TokenKind.OpenParen or TokenKind.OpenBrace or TokenKind.OpenBracket
        or TokenKind.Exclamation or TokenKind.Minus or TokenKind.Plus or TokenKind.Caret or TokenKind.Arroba
        or TokenKind.DoublePlus or TokenKind.DoubleMinus;

    private LiteralExpression Missing() => new(CurrentSpan, null);

    private Expression ExpectExpression(Construct construct, List<Argument>? named = null)
    {
        if (StartsExpression(Current)) return ParseExpression(named: named) ?? Missing();
        var what = construct == Construct.Indexer ? "<index_expression>" : "<expression>";
        SyntaxError(CurrentSpan, construct, $"Expecting {what} instead of `{TextOf(Current)}`");
        return Missing();
    }

    private Expression? ParseExpression(bool allowAssign = false, List<Argument>? named = null)
    {
        if (!Enter(CurrentSpan)) return null;
        var start = Current.Start;
        var expression = ParsePipeline(allowAssign, named);
        if (expression is not null && Current.Kind == TokenKind.Question) expression = ParseConditional(expression, start);
        Leave();
        return expression;
    }

    private ConditionalExpression ParseConditional(Expression condition, int start)
    {
        Next();
        var then = ExpectExpression(Construct.Conditional);
        if (!Accept(TokenKind.Colon)) SyntaxError(CurrentSpan, Construct.Conditional, $"Expecting `:` instead of `{TextOf(Current)}`");
        var otherwise = ExpectExpression(Construct.Conditional);
        return new ConditionalExpression(SpanFrom(start), condition, then, otherwise);
    }

    private Expression? ParsePipeline(bool allowAssign, List<Argument>? named)
    {
        var start = Current.Start;
        var left = ParseOperand(0, inArguments: false, allowAssign, named);
        for (var links = 1; left is not null && Current.Kind is TokenKind.VerticalBar or TokenKind.PipeGreater; links++)
        {
            if (!AllowLength(links)) return null;
            Next();
            // A line end is not the end of the statement right behind a pipe.
            while (Current.Kind == TokenKind.NewLine) Next();
            if (!StartsExpression(Current))
            {
                SyntaxError(CurrentSpan, Construct.Pipe, $"Expecting <expression> instead of `{TextOf(Current)}`");
                return left;
            }
            if (ParseOperand(0, inArguments: false) is not { } to) return null;
            left = new PipeExpression(SpanFrom(start), left, to);
        }
        return left;
    }

    /// <summary>Chains lean left, so a long one is as deep a tree as a nested one.</summary>
    private bool AllowLength(int links)
    {
        if (depth + links <= maxDepth * 4) return true;
        Fatal(CurrentSpan, $"The expression is longer than the limit of {maxDepth * 4} operators");
        return false;
    }

    private Expression? ParseOperand(int precedence, bool inArguments, bool allowAssign = false, List<Argument>? named = null)
    {
        if (!Enter(CurrentSpan)) return null;
        var left = ParsePrimary(inArguments);
        for (var links = 1; left is not null and not FunctionExpression && !stopped; links++)
        {
            if (!AllowLength(links)) return null;
            if (AssignmentOperator(Current.Kind) is { } assignment && precedence == 0)
            {
                left = ParseAssignment(left, assignment, allowAssign && !inArguments);
                break;
            }
            if (BinaryOperatorOf(Current.Kind) is { } binary)
            {
                if (PrecedenceOf(binary) <= precedence) break;
                left = ParseBinary(left, binary, inArguments);
                continue;
            }
            if (inArguments || !StartsExpression(Current)) break;
            if (named is not null && Current.Kind == TokenKind.Identifier)
            {
                ParseNamedArguments(named, flags: true);
                break;
            }
            left = ParseArguments(left, precedence);
        }
        Leave();
        return left;
    }

    private Expression ParseBinary(Expression left, BinaryOperator binary, bool inArguments)
    {
        var token = Next();
        if (!StartsExpression(Current))
        {
            SyntaxError(CurrentSpan, Construct.Binary, $"Expecting an <expression> to the right of the operator instead of `{TextOf(Current)}`");
            return left;
        }
        var right = ParseOperand(PrecedenceOf(binary), inArguments) ?? Missing();
        return new BinaryExpression(left.Span.To(right.Span), binary, Span(token.Start, token.End), left, right);
    }

    private Expression ParseAssignment(Expression left, (BinaryOperator? Operator, bool _) assignment, bool allowed)
    {
        if (!allowed) SyntaxError(left.Span, Construct.Assign, "Expression is only allowed for a top level assignment");
        var token = Next();
        if (assignment.Operator is null && left is CallExpression { IsExplicit: true } call && InlineFunction(call) is { } inline) return inline;
        var target = left;
        while (target is NestedExpression nested) target = nested.Inner;
        if (target is not PathExpression && problems.Count == 0) Error(target.Span, "Unsupported target expression for assignment.");
        var value = ExpectExpression(Construct.Assign);
        return target is PathExpression path
            ? new AssignExpression(left.Span.To(value.Span), path, assignment.Operator, Span(token.Start, token.End), value)
            : value;
    }

    /// <summary><c>f(x, y) = expression</c></summary>
    private AssignExpression? InlineFunction(CallExpression call)
    {
        if (call.Target is not PathExpression target || call.Arguments.Any(a => a.Name is not null || a.Value is not VariableExpression)) return null;
        var parameters = call.Arguments.Select(a => new Parameter(a.Value.Text, null, false)).ToList();
        var value = ExpectExpression(Construct.Assign);
        var function = new FunctionDeclaration(target.Text, parameters, new ReturnStatement(value.Span, value));
        var span = call.Span.To(value.Span);
        return new AssignExpression(span, target, null, call.Span, new FunctionExpression(span, function));
    }

    private static (BinaryOperator?, bool)? AssignmentOperator(TokenKind kind) => kind switch
    {
        TokenKind.Equal => (null, true),
        TokenKind.PlusEqual => (BinaryOperator.Add, true),
        TokenKind.MinusEqual => (BinaryOperator.Subtract, true),
        TokenKind.AsteriskEqual => (BinaryOperator.Multiply, true),
        TokenKind.DivideEqual => (BinaryOperator.Divide, true),
        TokenKind.DoubleDivideEqual => (BinaryOperator.DivideRound, true),
        TokenKind.PercentEqual => (BinaryOperator.Modulus, true),
        _ => null,
    };

    private static BinaryOperator? BinaryOperatorOf(TokenKind kind) => kind switch
    {
        TokenKind.DoubleQuestion => BinaryOperator.Coalesce,
        TokenKind.QuestionExclamation => BinaryOperator.NotCoalesce,
        TokenKind.DoubleVerticalBar => BinaryOperator.Or,
        TokenKind.DoubleAmpersand => BinaryOperator.And,
        TokenKind.Ampersand => BinaryOperator.BitAnd,
        TokenKind.DoubleEqual => BinaryOperator.Equal,
        TokenKind.ExclamationEqual => BinaryOperator.NotEqual,
        TokenKind.Less => BinaryOperator.Less,
        TokenKind.LessEqual => BinaryOperator.LessOrEqual,
        TokenKind.Greater => BinaryOperator.Greater,
        TokenKind.GreaterEqual => BinaryOperator.GreaterOrEqual,
        TokenKind.Plus => BinaryOperator.Add,
        TokenKind.Minus => BinaryOperator.Subtract,
        TokenKind.Asterisk => BinaryOperator.Multiply,
        TokenKind.Divide => BinaryOperator.Divide,
        TokenKind.DoubleDivide => BinaryOperator.DivideRound,
        TokenKind.Percent => BinaryOperator.Modulus,
        TokenKind.DoubleLess => BinaryOperator.ShiftLeft,
        TokenKind.DoubleGreater => BinaryOperator.ShiftRight,
        TokenKind.DoubleDot => BinaryOperator.RangeInclude,
        TokenKind.DoubleDotLess => BinaryOperator.RangeExclude,
        _ => null,
    };

    private const int UnaryPrecedence = 100;

    private static int PrecedenceOf(BinaryOperator binary) => binary switch
    {
        BinaryOperator.Coalesce or BinaryOperator.NotCoalesce => 20,
        BinaryOperator.Or => 30,
        BinaryOperator.And => 40,
        BinaryOperator.BitAnd => 50,
        BinaryOperator.Equal or BinaryOperator.NotEqual => 60,
        BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual => 70,
        BinaryOperator.Add or BinaryOperator.Subtract => 80,
        BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.DivideRound or BinaryOperator.Modulus
            or BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight => 90,
        _ => 95,
    };
}
