using System.Runtime.CompilerServices;

namespace CrankMailer.Scriban.Syntax;

/// <summary>
/// Builds the syntax tree. Errors are collected and parsing goes on at the next statement where that makes sense,
/// so that one run names several; an error that leaves the block structure in doubt ends it.
/// </summary>
internal sealed partial class Parser
{
    private readonly SourceText source;
    private readonly List<Token> tokens;
    private readonly List<(int Offset, string Text)> lexerErrors;
    private readonly List<ScribanProblem> problems = [];
    private readonly int maxDepth;
    private int index;
    private int lineEndsIgnored;
    private int depth;
    private int loops;
    private bool stopped;

    private Parser(SourceText source, int maxDepth, bool codeOnly)
    {
        this.source = source;
        this.maxDepth = maxDepth;
        (tokens, lexerErrors) = Lexer.Scan(source.Text, codeOnly);
    }

    public static (BlockStatement Body, IReadOnlyList<ScribanProblem> Problems) Parse(SourceText source, int maxDepth, bool codeOnly = false)
    {
        var parser = new Parser(source, maxDepth, codeOnly);
        var body = parser.ParseBlock();
        if (!parser.stopped) parser.RefuseStray();
        var reached = parser.stopped ? parser.Current.End : int.MaxValue;
        foreach (var (offset, text) in parser.lexerErrors.Where(e => e.Offset <= reached))
            parser.problems.Add(parser.Span(offset, offset).Problem(text));
        return (body, parser.problems);
    }

    private Token Current
    {
        get
        {
            if (lineEndsIgnored > 0) while (tokens[index].Kind == TokenKind.NewLine) index++;
            return tokens[index];
        }
    }

    private Token Peek(int ahead = 1) => tokens[Math.Min(index + ahead, tokens.Count - 1)];

    private SourceSpan CurrentSpan => Span(Current.Start, Current.End);

    private SourceSpan Span(int start, int end) => new(source, start, end);

    /// <summary>From a start to the end of the token just consumed.</summary>
    private SourceSpan SpanFrom(int start) => Span(start, Math.Max(start, index > 0 ? tokens[index - 1].End : start));

    private Token Next()
    {
        var token = Current;
        if (token.Kind != TokenKind.EndOfFile) index++;
        return token;
    }

    private bool Accept(TokenKind kind)
    {
        if (Current.Kind != kind) return false;
        Next();
        return true;
    }

    private string TextOf(Token token) => token.Kind switch
    {
        TokenKind.EndOfFile => "<end of file>",
        _ => source.Text[token.Start..token.End].Replace("\r", @"\r", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal),
    };

    private bool IsWord(string word) => Current.Kind == TokenKind.Identifier && Is(Current, word);

    private bool Is(Token token, string word) => source.Text.AsSpan(token.Start, token.End - token.Start).SequenceEqual(word);

    private void Error(SourceSpan span, string text)
    {
        if (!stopped) problems.Add(span.Problem(text));
    }

    private void Fatal(SourceSpan span, string text)
    {
        Error(span, text);
        stopped = true;
    }

    private void SyntaxError(SourceSpan span, Construct construct, string text) =>
        Error(span, $"Error while parsing {construct.Name}: {text} in: {construct.Shape}");

    private bool Enter(SourceSpan span)
    {
        if (++depth <= maxDepth && RuntimeHelpers.TryEnsureSufficientExecutionStack()) return true;
        Fatal(span, $"The template is nested deeper than the limit of {maxDepth}");
        return false;
    }

    private void Leave() => depth--;

    private void RefuseStray()
    {
        if (Current.Kind == TokenKind.EndOfFile) return;
        if (IsWord("end")) Fatal(CurrentSpan, "Found <end> statement without a corresponding beginning of a block");
        else if (IsWord("else")) Fatal(CurrentSpan, "A else condition must be preceded by another if/else/when condition or a for loop.");
        else Fatal(CurrentSpan, "A `when` condition must be preceded by another `when`/`else`/`case` condition.");
    }
}

/// <summary>How a construct is named, and shown, in an error.</summary>
internal sealed record Construct(string Name, string Shape)
{
    public static readonly Construct If = new("if statement", "if <expression> ... end|else|else if");
    public static readonly Construct For = new("for statement", "for <variable> in <expression> ... end");
    public static readonly Construct TableRow = new("tablerow statement", "tablerow <variable> in <expression> ... end");
    public static readonly Construct While = new("while statement", "while <expression> ... end");
    public static readonly Construct Case = new("case statement", "case <expression> ... end|when|else");
    public static readonly Construct When = new("when statement", "when <expression> ... end|when|else");
    public static readonly Construct Capture = new("capture statement", "capture <variable> ... end");
    public static readonly Construct With = new("with statement", "with <variable> ... end");
    public static readonly Construct Wrap = new("wrap statement", "wrap <function_call> ... end");
    public static readonly Construct Import = new("import statement", "import <expression>");
    public static readonly Construct ReadOnly = new("readonly statement", "readonly <variable>");
    public static readonly Construct Function = new("function statement", "func <variable> ... end");
    public static readonly Construct Unary = new("unary expression", "<operator> <expression>");
    public static readonly Construct Binary = new("binary expression", "<expression> operator <expression>");
    public static readonly Construct Pipe = new("pipe expression", "<expression> | <expression>");
    public static readonly Construct Assign = new("assign expression", "<target_expression> = <value_expression>");
    public static readonly Construct Indexer = new("indexer expression", "<expression>[<index_expression>]");
    public static readonly Construct Nested = new("nested expression", "(<expression>)");
    public static readonly Construct Conditional = new("conditional expression", "<condition> ? <expression> : <expression>");
    public static readonly Construct Call = new("function call expression", "<function> <argument> ...");
    public static readonly Construct Array = new("array initializer", "[item1, item2,...]");
    public static readonly Construct Object = new("object initializer expression", "{ member1: <expression>, member2: ... }");
    public static readonly Construct Interpolation = new("interpolated expression", "$\"text {<expression>} text\"");
}
