namespace CrankMailer.Scriban.Syntax;

internal enum TokenKind
{
    EndOfFile, Invalid,
    Raw, CodeEnter, CodeExit,
    NewLine, SemiColon,
    Identifier, SpecialIdentifier,
    Integer, Float, String,
    InterpolatedBegin, InterpolatedText, InterpolatedEnd, HoleOpen, HoleClose,
    OpenParen, CloseParen, OpenBrace, CloseBrace, OpenBracket, CloseBracket,
    Dot, DoubleDot, DoubleDotLess, TripleDot, QuestionDot,
    Comma, Colon, Question, DoubleQuestion, QuestionExclamation,
    Equal, PlusEqual, MinusEqual, AsteriskEqual, DivideEqual, DoubleDivideEqual, PercentEqual,
    DoubleEqual, ExclamationEqual, Less, LessEqual, Greater, GreaterEqual,
    Plus, Minus, Asterisk, Divide, DoubleDivide, Percent, Caret, Arroba, Exclamation,
    DoublePlus, DoubleMinus, DoubleLess, DoubleGreater,
    Ampersand, DoubleAmpersand, VerticalBar, DoubleVerticalBar, PipeGreater,
}

/// <summary>
/// A token covers Text[Start..End]. Value holds what a literal means: the text of a string or of literal text
/// after whitespace control, the number of a numeric literal.
/// </summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End, object? Value = null)
{
    public bool IsEndOfStatement => Kind is TokenKind.NewLine or TokenKind.SemiColon or TokenKind.CodeExit or TokenKind.EndOfFile;
}
