using System.Buffers;

namespace CrankMailer.Scriban.TwoPhase;

/// <summary>
/// Writes a template's literal text as it is, and values so that parsing the result once more prints them literally
/// (design §4). It follows what is written as the second phase's lexer will, so that braces which only together would
/// open code, such as a literal <c>{</c> before a value <c>{</c>, stay apart: the first goes into a verbatim block
/// of its own, <c>{%{{}%}</c>.
/// </summary>
public sealed class InertOutput(TextWriter output) : ScribanOutput
{
    private const string VerbatimOpen = "{%{";
    private const string VerbatimClose = "}%}";

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.");

    private enum Mode { Text, Code, CodeString, Verbatim }

    /// <summary>A brace and percent signs that the next brace would make an opening, held back until it is known.</summary>
    private string held = "";
    private bool heldIsLiteral = true;
    private Mode mode;
    private char quote;
    private bool escaping;
    private char last;
    private string verbatimEnd = "";
    private int matched;

    public override void WriteLiteral(ReadOnlySpan<char> text)
    {
        foreach (var c in text) WriteLiteral(c);
    }

    public override void WriteValue(ReadOnlySpan<char> text)
    {
        if (mode != Mode.Text) CheckValue(text);
        foreach (var c in text)
        {
            if (mode == Mode.Text) WriteText(c, isLiteral: false);
            else Pass(c);
        }
    }

    /// <summary>Writes what is still held back. Nothing may follow.</summary>
    public override void Complete() => Release();

    private void WriteLiteral(char c)
    {
        switch (mode)
        {
            case Mode.Text: WriteText(c, isLiteral: true); return;
            case Mode.Code: FollowCode(c); break;
            case Mode.CodeString: FollowString(c); break;
            case Mode.Verbatim: FollowVerbatim(c); break;
        }
        last = c;
    }

    private void WriteText(char c, bool isLiteral)
    {
        if (held.Length > 0 && c == '%')
        {
            held += c;
            heldIsLiteral &= isLiteral;
            return;
        }
        if (held.Length > 0 && c == '{')
        {
            if (heldIsLiteral && isLiteral)
            {
                Open();
                return;
            }
            output.Write(VerbatimOpen);
            Release();
            output.Write(VerbatimClose);
        }
        Release();
        if (c == '{') (held, heldIsLiteral) = ("{", isLiteral);
        else output.Write(c);
    }

    private void Release()
    {
        output.Write(held);
        held = "";
    }

    private void Open()
    {
        mode = held.Length == 1 ? Mode.Code : Mode.Verbatim;
        verbatimEnd = string.Concat("}", held.AsSpan(1), "}");
        Release();
        output.Write('{');
        last = '{';
        matched = 0;
    }

    private void FollowCode(char c)
    {
        output.Write(c);
        if (c is '"' or '\'' or '`') (mode, quote) = (Mode.CodeString, c);
        else if (c == '}' && last == '}') mode = Mode.Text;
    }

    private void FollowString(char c)
    {
        output.Write(c);
        if (c == quote && !escaping) mode = Mode.Code;
        // A second backslash is escaped by the first and escapes nothing itself.
        escaping = c == '\\' && !escaping && quote != '`';
    }

    private void FollowVerbatim(char c)
    {
        output.Write(c);
        matched = c == verbatimEnd[matched] ? matched + 1 : c == '}' ? 1 : 0;
        if (matched == verbatimEnd.Length) mode = Mode.Text;
    }

    private void CheckValue(ReadOnlySpan<char> text)
    {
        var safe = mode switch
        {
            Mode.Code => text.IndexOfAnyExcept(NameCharacters) < 0,
            Mode.CodeString => text.IndexOfAny("\\\r\n") < 0 && !text.Contains(quote),
            _ => text.IndexOfAny('}', '%') < 0 && !(text.Length > 0 && text[^1] is '-' or '~'),
        };
        if (safe) return;
        throw new UnsafeValueException(mode == Mode.Verbatim
            ? "A value with `}` or `%` cannot stand inside a verbatim block that is meant for the second phase. Put it outside of the block."
            : "Only a plain name can be written into code that is meant for the second phase. Put the value outside of the code.");
    }

    private void Pass(char c)
    {
        output.Write(c);
        last = c;
        matched = 0;
    }
}
