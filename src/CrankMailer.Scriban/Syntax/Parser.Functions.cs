namespace CrankMailer.Scriban.Syntax;

/// <summary>Functions, named and anonymous, and the arguments of calls.</summary>
internal sealed partial class Parser
{
    private Statement? ParseFunction()
    {
        var start = Next().Start;
        if (Current.Kind is not (TokenKind.Identifier or TokenKind.SpecialIdentifier))
        {
            SyntaxError(CurrentSpan, Construct.Function, $"Expecting a variable instead of `{TextOf(Current)}`");
            SkipStatement();
            return null;
        }
        if (ParseFunctionName() is not { } target) return null;
        var function = ParseFunctionBody(target.Text);
        return new FunctionStatement(SpanFrom(start), target, function);
    }

    private PathExpression? ParseFunctionName()
    {
        var start = Current.Start;
        if (ParseVariable() is not PathExpression path)
        {
            SyntaxError(Span(start, start + 1), Construct.Function, "Expecting a variable");
            return null;
        }
        while (Current.Kind == TokenKind.Dot && Peek().Kind == TokenKind.Identifier)
        {
            Next();
            var name = Next();
            path = new MemberExpression(SpanFrom(start), path, source.Text[name.Start..name.End], Span(name.Start, name.End), IsOptional: false);
        }
        return path;
    }

    /// <summary>Parameters, if any, and the body up to <c>end</c>.</summary>
    private FunctionDeclaration ParseFunctionBody(string name)
    {
        IReadOnlyList<Parameter>? parameters = null;
        if (Current.Kind == TokenKind.OpenParen) parameters = ParseParameters();
        // Inside a parenthesis line ends mean nothing, but in the body of a function that stands there they do.
        var outer = (loops, lineEndsIgnored);
        (loops, lineEndsIgnored) = (0, 0);
        ExpectEndOfStatement();
        var body = ParseBlock();
        ExpectEnd(Construct.Function);
        (loops, lineEndsIgnored) = outer;
        return new FunctionDeclaration(name, parameters, body);
    }

    private List<Parameter> ParseParameters()
    {
        var parameters = new List<Parameter>();
        lineEndsIgnored++;
        Next();
        while (!stopped && Current.Kind != TokenKind.CloseParen)
        {
            if (Current.Kind is not (TokenKind.Identifier or TokenKind.SpecialIdentifier))
            {
                Fatal(CurrentSpan, $"Expecting a parameter name instead of `{TextOf(Current)}`");
                break;
            }
            ParseParameter(parameters);
            if (!Accept(TokenKind.Comma) && Current.Kind != TokenKind.CloseParen)
                Fatal(CurrentSpan, $"Unexpected token `{TextOf(Current)}` in the parameters of a function. Expecting `,` or `)`.");
        }
        lineEndsIgnored--;
        if (!stopped) Next();
        return parameters;
    }

    private void ParseParameter(List<Parameter> parameters)
    {
        var token = Next();
        var span = Span(token.Start, token.End);
        Expression? value = null;
        if (parameters.Count > 0 && parameters[^1].IsVariable) Error(span, "Cannot declare a parameter after a variable parameter.");
        var variable = Accept(TokenKind.TripleDot);
        if (!variable && Accept(TokenKind.Equal)) value = ExpectExpression(Construct.Function);
        if (!variable && value is null && parameters.Any(p => p.Default is not null))
            Error(span, "Cannot declare a normal parameter after an optional parameter.");
        parameters.Add(new Parameter(span.Text, value, variable));
    }

    private FunctionExpression ParseDo()
    {
        var start = Next().Start;
        var function = ParseFunctionBody("do");
        return new FunctionExpression(SpanFrom(start), function);
    }

    /// <summary><c>f(a, b, c: 1)</c>, the parenthesis touching the name.</summary>
    private CallExpression ParseExplicitCall(Expression target)
    {
        var arguments = new List<Argument>();
        lineEndsIgnored++;
        Next();
        while (!stopped && Current.Kind != TokenKind.CloseParen)
        {
            var start = Current.Start;
            string? name = null;
            if (Current.Kind == TokenKind.Identifier && Peek().Kind == TokenKind.Colon)
            {
                name = TextOf(Next());
                Next();
            }
            var value = ExpectExpression(Construct.Call);
            if (name is null && arguments.Any(a => a.Name is not null)) Error(value.Span, "Cannot pass this argument after a named argument");
            arguments.Add(new Argument(SpanFrom(start), name, value));
            if (Accept(TokenKind.Comma) || Current.Kind == TokenKind.CloseParen) continue;
            Fatal(CurrentSpan, $"Invalid token `{TextOf(Current)}`. Expecting a closing `)`.");
        }
        lineEndsIgnored--;
        if (!stopped) Next();
        return new CallExpression(target.Span.To(SpanFrom(target.Span.Start)), target, arguments, IsExplicit: true);
    }

    /// <summary><c>f a b c: 1</c>: arguments parted by blanks; once one is named, all that follow are.</summary>
    private CallExpression ParseArguments(Expression target, int precedence)
    {
        var arguments = new List<Argument>();
        while (!stopped && StartsExpression(Current))
        {
            if (IsNamedArgument())
            {
                ParseNamedArguments(arguments, flags: false);
                break;
            }
            var start = Current.Start;
            if (ParseOperand(precedence, inArguments: true) is not { } value) break;
            arguments.Add(new Argument(SpanFrom(start), null, value));
            if (value is FunctionExpression) break;
        }
        return new CallExpression(target.Span.To(SpanFrom(target.Span.Start)), target, arguments, IsExplicit: false);
    }

    private bool IsNamedArgument() => Current.Kind == TokenKind.Identifier && Peek().Kind == TokenKind.Colon;

    /// <summary>With flags a name may stand without a value, as <c>reversed</c> does in a loop.</summary>
    private void ParseNamedArguments(List<Argument> arguments, bool flags)
    {
        while (!stopped && Current.Kind == TokenKind.Identifier && (flags || Peek().Kind == TokenKind.Colon))
        {
            var name = Next();
            Expression value = new LiteralExpression(Span(name.Start, name.End), true);
            if (Accept(TokenKind.Colon)) value = ParsePrimary(inArguments: true) ?? Missing();
            arguments.Add(new Argument(SpanFrom(name.Start), source.Text[name.Start..name.End], value));
        }
    }
}
