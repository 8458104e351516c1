using System.Globalization;

namespace CrankMailer.Scriban.Syntax;

/// <summary>The smallest expressions, and the members and indexes behind them.</summary>
internal sealed partial class Parser
{
    private Expression? ParsePrimary(bool inArguments)
    {
        if (!Enter(CurrentSpan)) return null;
        var start = Current.Start;
        var left = ParseAtom(inArguments);
        for (var links = 1; left is not null and not FunctionExpression && !stopped; links++)
        {
            if (!AllowLength(links)) return null;
            if (ParsePostfix(left, start) is not { } longer) break;
            left = longer;
        }
        Leave();
        return left;
    }

    private Expression? ParseAtom(bool inArguments)
    {
        switch (Current.Kind)
        {
            case TokenKind.Identifier when IsWord("do"): return ParseDo();
            case TokenKind.Identifier or TokenKind.SpecialIdentifier: return ParseVariable();
            case TokenKind.Integer or TokenKind.Float or TokenKind.String:
                var literal = Next();
                return new LiteralExpression(Span(literal.Start, literal.End), literal.Value);
            case TokenKind.InterpolatedBegin: return ParseInterpolated();
            case TokenKind.OpenParen: return ParseNested();
            case TokenKind.OpenBrace: return ParseObject();
            case TokenKind.OpenBracket: return ParseArray();
            case TokenKind.DoublePlus or TokenKind.DoubleMinus: return ParsePrefixIncrement();
            case TokenKind.Exclamation or TokenKind.Minus or TokenKind.Plus or TokenKind.Caret or TokenKind.Arroba: return ParseUnary(inArguments);
            default:
                Error(CurrentSpan, $"Unexpected token `{TextOf(Current)}` while parsing expression");
                return null;
        }
    }

    private bool TouchesPrevious => Current.Start is var start && index > 0 && tokens[index - 1].End == start && tokens[index - 1].Kind != TokenKind.NewLine;

    private Expression? ParsePostfix(Expression left, int start)
    {
        switch (Current.Kind)
        {
            case TokenKind.Dot or TokenKind.QuestionDot:
                return ParseMember(left, start);
            case TokenKind.OpenBracket when TouchesPrevious && IsIndexable(left):
                return ParseIndex(left, start);
            case TokenKind.OpenParen when TouchesPrevious && left is PathExpression:
                return ParseExplicitCall(left);
            case TokenKind.DoublePlus or TokenKind.DoubleMinus when TouchesPrevious && left is PathExpression path:
                var step = Next().Kind == TokenKind.DoublePlus ? 1 : -1;
                return new IncrementExpression(SpanFrom(start), path, step, IsPrefix: false);
            default:
                return null;
        }
    }

    /// <summary>A list literal is not: Scriban reads <c>[1,2][0]</c> as a call with a list as its argument.</summary>
    private static bool IsIndexable(Expression left) =>
        left is PathExpression or NestedExpression or InterpolatedExpression or LiteralExpression { Value: string } or CallExpression { IsExplicit: true };

    private Expression? ParseMember(Expression left, int start)
    {
        var optional = Next().Kind == TokenKind.QuestionDot;
        if (Current.Kind != TokenKind.Identifier)
        {
            Fatal(CurrentSpan, $"Invalid token `{TextOf(Current)}`. The dot operator is expected to be followed by a plain identifier");
            return null;
        }
        var name = Next();
        if (Is(name, "empty") && Current.Kind is TokenKind.Question && TouchesPrevious)
        {
            Next();
            return new IsEmptyExpression(SpanFrom(start), left);
        }
        return new MemberExpression(SpanFrom(start), left, source.Text[name.Start..name.End], Span(name.Start, name.End), optional);
    }

    private IndexExpression ParseIndex(Expression left, int start)
    {
        Next();
        lineEndsIgnored++;
        var at = ExpectExpression(Construct.Indexer);
        var closed = Current.Kind == TokenKind.CloseBracket;
        lineEndsIgnored--;
        if (closed) Next();
        else Error(CurrentSpan, $"Unexpected `{TextOf(Current)}`. Expecting ']'");
        return new IndexExpression(SpanFrom(start), left, at);
    }

    private Expression ParseVariable()
    {
        var token = Next();
        var span = Span(token.Start, token.End);
        var name = span.Text;
        if (token.Kind == TokenKind.SpecialIdentifier) return LocalVariable(span, name);
        switch (name)
        {
            case "null": return new LiteralExpression(span, null);
            case "true": return new LiteralExpression(span, true);
            case "false": return new LiteralExpression(span, false);
            case "this": return new ThisExpression(span);
            case "for" or "while" or "tablerow": CheckLoopVariable(span, name); break;
        }
        return new VariableExpression(span, name, IsLocal: false);
    }

    /// <summary><c>$0</c> is short for <c>$[0]</c>; <c>$</c> holds the arguments.</summary>
    private static Expression LocalVariable(SourceSpan span, string name)
    {
        if (name.Length > 1 && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return new IndexExpression(span, new VariableExpression(span, "$", IsLocal: true), new LiteralExpression(span, number));
        return new VariableExpression(span, name, IsLocal: true);
    }

    private void CheckLoopVariable(SourceSpan span, string loop)
    {
        if (Current.Kind != TokenKind.Dot || Peek().Kind != TokenKind.Identifier) return;
        var member = TextOf(Peek());
        bool? valid = member switch
        {
            "first" or "index" or "even" or "odd" => true,
            "last" or "changed" or "length" or "rindex" => loop != "while",
            "col" => loop == "tablerow",
            _ => null,
        };
        if (valid is null) Error(span, $"The loop variable <{loop}.{member}> is not supported");
        else if (valid is false) Error(span, $"The loop variable <{loop}.{member}> is invalid");
    }

    private NestedExpression ParseNested()
    {
        var start = Next().Start;
        lineEndsIgnored++;
        var inner = ExpectExpression(Construct.Nested);
        var close = Current;
        lineEndsIgnored--;
        if (close.Kind == TokenKind.CloseParen) Next();
        else Fatal(Span(close.Start, close.End), $"Invalid token `{TextOf(close)}`. Expecting a closing `)`.");
        return new NestedExpression(SpanFrom(start), inner);
    }

    private ArrayExpression ParseArray()
    {
        var start = Next().Start;
        var items = new List<Expression>();
        lineEndsIgnored++;
        while (!stopped && Current.Kind != TokenKind.CloseBracket)
        {
            items.Add(ExpectExpression(Construct.Array));
            if (!Accept(TokenKind.Comma)) break;
        }
        var close = Current;
        lineEndsIgnored--;
        if (close.Kind == TokenKind.CloseBracket) Next();
        else Fatal(Span(close.Start, close.End), $"Unexpected token found `{TextOf(close)}` while expecting `]`.");
        return new ArrayExpression(SpanFrom(start), items);
    }

    private ObjectExpression ParseObject()
    {
        var start = Next().Start;
        var members = new List<(string, Expression)>();
        lineEndsIgnored++;
        while (!stopped && Current.Kind != TokenKind.CloseBrace)
        {
            if (Current.Kind is not (TokenKind.Identifier or TokenKind.String))
            {
                RefuseMemberName();
                break;
            }
            var token = Next();
            var name = token.Value as string ?? source.Text[token.Start..token.End];
            if (!Accept(TokenKind.Colon))
                Fatal(CurrentSpan, $"Unexpected token `{TextOf(Current)}` while parsing object initializer. Expecting a colon : after a member name.");
            members.Add((name, ExpectExpression(Construct.Object)));
            if (!Accept(TokenKind.Comma)) break;
        }
        var close = Current;
        lineEndsIgnored--;
        if (close.Kind == TokenKind.CloseBrace) Next();
        else Fatal(Span(close.Start, close.End), $"Unexpected token `{TextOf(close)}` while parsing object initializer. Expecting a closing `}}`.");
        return new ObjectExpression(SpanFrom(start), members);
    }

    /// <summary>Scriban goes on to read <c>5: x</c> as a named argument, and says so.</summary>
    private void RefuseMemberName()
    {
        Error(CurrentSpan, $"Unexpected token `{TextOf(Current)}` while parsing object initializer. Expecting a simple identifier for the member name.");
        if (StartsExpression(Current) && Peek().Kind == TokenKind.Colon)
        {
            Error(CurrentSpan, "Expecting a simple global or local variable before `:` in order to create a named argument");
            Next();
            Error(CurrentSpan, $"Invalid token found `{TextOf(Current)}`. Expecting <EOL>/end of line.");
        }
        stopped = true;
    }

    private Expression? ParseUnary(bool inArguments)
    {
        var token = Next();
        var kind = token.Kind switch
        {
            TokenKind.Exclamation => UnaryOperator.Not,
            TokenKind.Minus => UnaryOperator.Negate,
            TokenKind.Plus => UnaryOperator.Plus,
            TokenKind.Arroba => UnaryOperator.Alias,
            _ => UnaryOperator.Expand,
        };
        if (!StartsExpression(Current))
        {
            SyntaxError(CurrentSpan, Construct.Unary, $"Expecting <expression> instead of `{TextOf(Current)}`");
            return null;
        }
        // @f never takes arguments; !f x calls f outside of an argument list.
        var operand = ParseOperand(UnaryPrecedence, inArguments || kind == UnaryOperator.Alias);
        return operand is null ? null : new UnaryExpression(SpanFrom(token.Start), kind, operand);
    }

    private Expression? ParsePrefixIncrement()
    {
        var token = Next();
        var operand = StartsExpression(Current) ? ParsePrimary(inArguments: true) : null;
        if (operand is PathExpression path)
            return new IncrementExpression(SpanFrom(token.Start), path, token.Kind == TokenKind.DoublePlus ? 1 : -1, IsPrefix: true);
        Error(CurrentSpan, "The operand of an increment or decrement operator must be a variable, property or indexer");
        return operand;
    }

    private InterpolatedExpression ParseInterpolated()
    {
        var start = Next().Start;
        var parts = new List<Expression>();
        while (!stopped && Current.Kind is TokenKind.InterpolatedText or TokenKind.HoleOpen)
        {
            var token = Next();
            if (token.Kind == TokenKind.InterpolatedText)
            {
                parts.Add(new LiteralExpression(Span(token.Start, token.End), token.Value));
                continue;
            }
            parts.Add(ExpectExpression(Construct.Interpolation));
            if (Accept(TokenKind.HoleClose)) continue;
            RefuseOpenHole();
        }
        if (!stopped && !Accept(TokenKind.InterpolatedEnd)) Fatal(CurrentSpan, $"Unexpected token {TextOf(Current)}");
        return new InterpolatedExpression(SpanFrom(start), parts);
    }

    /// <summary>As Scriban reports it: the line end, and the brace that closes too late.</summary>
    private void RefuseOpenHole()
    {
        Error(CurrentSpan, "Opened interpolated expression not closed on the same line.");
        Error(CurrentSpan, $"Unexpected token `{TextOf(Current)}` while parsing expression");
        while (Current.Kind is not (TokenKind.HoleClose or TokenKind.EndOfFile or TokenKind.CodeExit)) Next();
        Fatal(CurrentSpan, $"Unexpected token {TextOf(Current)}");
    }
}
