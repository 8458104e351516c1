namespace CrankMailer.Scriban.Syntax;

/// <summary>
/// Cuts a template into tokens: literal text with whitespace control already applied, and the tokens of the code
/// between <c>{{</c> and <c>}}</c>. Errors are kept with their place; the parser reports those it got to.
/// </summary>
internal sealed partial class Lexer
{
    private enum Strip { None, Line, All }

    private readonly string text;
    private readonly List<Token> tokens = [];
    private readonly List<(int Offset, string Text)> errors = [];
    private int position;
    private Strip pendingStrip;
    private bool indentToClear;

    private Lexer(string text) => this.text = text;

    public static (List<Token> Tokens, List<(int Offset, string Text)> Errors) Scan(string text, bool codeOnly = false)
    {
        var lexer = new Lexer(text);
        if (codeOnly) lexer.ScanCode(inHole: false);
        else lexer.ScanTemplate();
        lexer.tokens.Add(new Token(TokenKind.EndOfFile, text.Length, text.Length));
        return (lexer.tokens, lexer.errors);
    }

    private void ScanTemplate()
    {
        while (position < text.Length)
        {
            var (next, percents) = FindBlock(position);
            if (next < 0)
            {
                AddText(text.Length, Strip.None);
                return;
            }
            var inside = next + 2 + percents;
            var strip = StripAt(inside);
            AddText(next, strip);
            position = strip == Strip.None ? inside : inside + 1;
            if (percents > 0) ScanVerbatim(percents);
            else
            {
                tokens.Add(new Token(TokenKind.CodeEnter, next, position));
                ScanCode(inHole: false);
            }
        }
    }

    /// <summary>The next <c>{{</c> (0 percents) or <c>{%{</c>, <c>{%%{</c>…; -1 when only text is left.</summary>
    private (int Offset, int Percents) FindBlock(int from)
    {
        for (var at = text.IndexOf('{', from); at >= 0 && at + 1 < text.Length; at = text.IndexOf('{', at + 1))
        {
            var end = at + 1;
            while (end < text.Length && text[end] == '%') end++;
            if (end < text.Length && text[end] == '{') return (at, end - at - 1);
        }
        return (-1, 0);
    }

    private Strip StripAt(int at) => at >= text.Length ? Strip.None : text[at] switch
    {
        '-' => Strip.All,
        '~' => Strip.Line,
        _ => Strip.None,
    };

    private void AddText(int end, Strip stripAfter)
    {
        var start = position;
        var startsLine = start == 0;
        if (pendingStrip == Strip.All) while (start < end && char.IsWhiteSpace(text[start])) start++;
        else if (pendingStrip == Strip.Line) (start, startsLine) = SkipRestOfLine(start, end);
        if (pendingStrip == Strip.All) startsLine = false;
        pendingStrip = Strip.None;

        var stop = end;
        if (stripAfter == Strip.All) while (stop > start && char.IsWhiteSpace(text[stop - 1])) stop--;
        else if (stripAfter == Strip.Line) while (stop > start && IsBlank(text[stop - 1])) stop--;

        var content = text[start..stop];
        var indent = stripAfter == Strip.None && end < text.Length ? IndentOf(content, startsLine) : null;
        if (content.Length > 0 || indentToClear)
            tokens.Add(new Token(TokenKind.Raw, start, stop, new RawText(content, indent)));
        indentToClear = indent is not null;
        position = end;
    }

    private (int Start, bool StartsLine) SkipRestOfLine(int start, int end)
    {
        while (start < end && IsBlank(text[start])) start++;
        if (start < end && text[start] == '\r') start++;
        if (start < end && text[start] == '\n') return (start + 1, true);
        return (start, false);
    }

    private static string? IndentOf(string content, bool startsLine)
    {
        var lineStart = content.LastIndexOf('\n') + 1;
        if (lineStart == 0 && !startsLine || lineStart == content.Length) return null;
        var last = content.AsSpan(lineStart);
        return last.IndexOfAnyExcept(' ', '\t') < 0 ? last.ToString() : null;
    }

    /// <summary>Whitespace that does not end a line.</summary>
    private static bool IsBlank(char c) => c is not ('\n' or '\r') && char.IsWhiteSpace(c);

    private void ScanVerbatim(int percents)
    {
        var close = "}" + new string('%', percents) + "}";
        var end = text.IndexOf(close, position, StringComparison.Ordinal);
        if (end < 0)
        {
            errors.Add((text.Length, $"Unexpected end of file while parsing an escape block. Expecting `{close}`"));
            end = text.Length;
        }
        var stop = end;
        if (stop > position && end < text.Length) pendingStrip = StripAt(stop - 1);
        if (pendingStrip != Strip.None) stop--;
        if (stop > position) tokens.Add(new Token(TokenKind.Raw, position, stop, new RawText(text[position..stop], null)));
        position = Math.Min(text.Length, end + close.Length);
    }

    private void ScanCode(bool inHole)
    {
        var depth = 0;
        while (true)
        {
            while (position < text.Length && IsBlank(text[position])) position++;
            if (position >= text.Length) return;
            var c = text[position];
            if (c is '-' or '~' && depth == 0 && !inHole && Follows(1, "}}"))
            {
                pendingStrip = StripAt(position);
                Add(TokenKind.CodeExit, 3);
                return;
            }
            if (c == '}' && depth == 0)
            {
                if (inHole) { Add(TokenKind.HoleClose, 1); return; }
                if (Follows(1, "}")) { Add(TokenKind.CodeExit, 2); return; }
            }
            if (c == '{') depth++;
            if (c == '}' && depth > 0) depth--;
            ScanToken(c);
        }
    }

    private void ScanToken(char c)
    {
        if (c is '\n' or '\r') Add(TokenKind.NewLine, c == '\r' && Follows(1, "\n") ? 2 : 1);
        else if (c == '#') SkipComment();
        else if (c is '"' or '\'') ScanString(c);
        else if (c == '`') ScanVerbatimString();
        else if (c == '$' && position + 1 < text.Length && text[position + 1] is '"' or '\'') ScanInterpolated();
        else if (char.IsAsciiDigit(c)) ScanNumber();
        else if (IsIdentifierStart(c)) ScanIdentifier();
        else ScanOperator(c);
    }

    private void SkipComment()
    {
        var multi = Follows(1, "#");
        position += multi ? 2 : 1;
        for (; position < text.Length; position++)
        {
            if (Follows(0, "}}") || text[position] is '-' or '~' && Follows(1, "}}")) return;
            if (multi && Follows(0, "##")) { position += 2; return; }
            if (!multi && text[position] is '\n' or '\r') return;
        }
    }

    private void ScanIdentifier()
    {
        var start = position;
        var special = text[start] == '$';
        position++;
        if (special && position < text.Length && text[position] == '$') position++;
        else while (position < text.Length && IsIdentifierPart(text[position])) position++;
        tokens.Add(new Token(special ? TokenKind.SpecialIdentifier : TokenKind.Identifier, start, position));
    }

    private static bool IsIdentifierStart(char c) => c is '_' or '$' || char.IsLetter(c);

    private static bool IsIdentifierPart(char c) => c == '_' || char.IsLetterOrDigit(c);

    private void ScanOperator(char c)
    {
        foreach (var (symbol, kind) in Symbols.StartingWith(c))
        {
            if (!Follows(0, symbol)) continue;
            if (kind == TokenKind.QuestionDot && position + 2 < text.Length && char.IsAsciiDigit(text[position + 2])) continue;
            Add(kind, symbol.Length);
            return;
        }
        errors.Add((position, $"Unexpected character `{c}`"));
        Add(TokenKind.Invalid, 1);
    }

    private void Add(TokenKind kind, int length, object? value = null)
    {
        tokens.Add(new Token(kind, position, position + length, value));
        position += length;
    }

    private bool Follows(int ahead, string what) =>
        string.CompareOrdinal(text, position + ahead, what, 0, what.Length) == 0;
}
