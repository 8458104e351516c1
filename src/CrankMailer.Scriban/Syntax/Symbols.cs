namespace CrankMailer.Scriban.Syntax;

/// <summary>Every operator and bracket, longest first.</summary>
internal static class Symbols
{
    private static readonly (string Symbol, TokenKind Kind)[] All =
    [
        ("//=", TokenKind.DoubleDivideEqual), ("..<", TokenKind.DoubleDotLess), ("...", TokenKind.TripleDot),
        ("..", TokenKind.DoubleDot), ("//", TokenKind.DoubleDivide),
        ("+=", TokenKind.PlusEqual), ("-=", TokenKind.MinusEqual), ("*=", TokenKind.AsteriskEqual),
        ("/=", TokenKind.DivideEqual), ("%=", TokenKind.PercentEqual),
        ("++", TokenKind.DoublePlus), ("--", TokenKind.DoubleMinus),
        ("==", TokenKind.DoubleEqual), ("!=", TokenKind.ExclamationEqual),
        ("<=", TokenKind.LessEqual), (">=", TokenKind.GreaterEqual),
        ("<<", TokenKind.DoubleLess), (">>", TokenKind.DoubleGreater),
        ("&&", TokenKind.DoubleAmpersand), ("||", TokenKind.DoubleVerticalBar), ("|>", TokenKind.PipeGreater),
        ("??", TokenKind.DoubleQuestion), ("?!", TokenKind.QuestionExclamation), ("?.", TokenKind.QuestionDot),
        ("(", TokenKind.OpenParen), (")", TokenKind.CloseParen), ("{", TokenKind.OpenBrace), ("}", TokenKind.CloseBrace),
        ("[", TokenKind.OpenBracket), ("]", TokenKind.CloseBracket),
        (".", TokenKind.Dot), (",", TokenKind.Comma), (":", TokenKind.Colon), (";", TokenKind.SemiColon), ("?", TokenKind.Question),
        ("=", TokenKind.Equal), ("<", TokenKind.Less), (">", TokenKind.Greater),
        ("+", TokenKind.Plus), ("-", TokenKind.Minus), ("*", TokenKind.Asterisk), ("/", TokenKind.Divide), ("%", TokenKind.Percent),
        ("^", TokenKind.Caret), ("@", TokenKind.Arroba), ("!", TokenKind.Exclamation),
        ("&", TokenKind.Ampersand), ("|", TokenKind.VerticalBar),
    ];

    private static readonly Dictionary<char, (string Symbol, TokenKind Kind)[]> ByFirst =
        All.GroupBy(s => s.Symbol[0]).ToDictionary(g => g.Key, g => g.ToArray());

    public static (string Symbol, TokenKind Kind)[] StartingWith(char c) => ByFirst.TryGetValue(c, out var found) ? found : [];
}
