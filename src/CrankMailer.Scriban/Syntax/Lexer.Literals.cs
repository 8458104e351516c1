using System.Globalization;
using System.Numerics;
using System.Text;

namespace CrankMailer.Scriban.Syntax;

/// <summary>Numbers and the three kinds of strings.</summary>
internal sealed partial class Lexer
{
    private const int MaxInterpolations = 50;

    /// <summary>More digits than any number has; reading a million of them would take minutes.</summary>
    private const int MaxDigits = 1000;

    private static readonly string TooManyDigits = $"The number has more than {MaxDigits} digits";

    private int interpolations;

    private void ScanString(char quote)
    {
        var start = position++;
        var value = new StringBuilder();
        while (position < text.Length && text[position] != quote) ReadCharacter(value, interpolated: false);
        EndString(start, quote, value);
    }

    private void ScanVerbatimString()
    {
        var start = position++;
        var value = new StringBuilder();
        while (position < text.Length)
        {
            if (text[position] == '`')
            {
                // A doubled backtick stands for one.
                if (!Follows(1, "`")) break;
                position++;
            }
            value.Append(text[position++]);
        }
        EndString(start, '`', value);
    }

    private void EndString(int start, char quote, StringBuilder value)
    {
        if (position >= text.Length)
        {
            Unterminated(quote);
            return;
        }
        position++;
        tokens.Add(new Token(TokenKind.String, start, position, value.ToString()));
    }

    private void Unterminated(char quote)
    {
        var last = Math.Max(0, text.Length - 1);
        errors.Add((last, $"Unexpected end of file while parsing a string not terminated by a {quote}"));
        tokens.Add(new Token(TokenKind.Invalid, last, text.Length));
        position = text.Length;
    }

    private void ScanInterpolated()
    {
        if (interpolations == MaxInterpolations)
        {
            errors.Add((position, $"Interpolated strings are nested deeper than the limit of {MaxInterpolations}"));
            Add(TokenKind.Invalid, text.Length - position);
            return;
        }
        interpolations++;
        var quote = text[position + 1];
        Add(TokenKind.InterpolatedBegin, 2);
        var start = position;
        var value = new StringBuilder();
        while (position < text.Length && text[position] != quote)
        {
            if (text[position] != '{')
            {
                ReadCharacter(value, interpolated: true);
                continue;
            }
            AddPart(start, value);
            Add(TokenKind.HoleOpen, 1);
            ScanCode(inHole: true);
            start = position;
        }
        AddPart(start, value);
        if (position >= text.Length) Unterminated(quote);
        else Add(TokenKind.InterpolatedEnd, 1);
        interpolations--;
    }

    private void AddPart(int start, StringBuilder value)
    {
        if (value.Length == 0) return;
        tokens.Add(new Token(TokenKind.InterpolatedText, start, position, value.ToString()));
        value.Clear();
    }

    private void ReadCharacter(StringBuilder value, bool interpolated)
    {
        var c = text[position++];
        if (c != '\\')
        {
            value.Append(c);
            return;
        }
        if (position >= text.Length) return;
        c = text[position++];
        switch (c)
        {
            case 'n': value.Append('\n'); break;
            case 'r': value.Append('\r'); break;
            case 't': value.Append('\t'); break;
            case 'b': value.Append('\b'); break;
            case 'f': value.Append('\f'); break;
            case 'v': value.Append('\v'); break;
            case '0': value.Append('\0'); break;
            case '\\' or '"' or '\'': value.Append(c); break;
            case '{' or '}' when interpolated: value.Append(c); break;
            case 'u': ReadHex(value, 4); break;
            case 'x': ReadHex(value, 2); break;
            // A backslash before a line end continues the string on the next line.
            case '\n': break;
            case '\r': if (Follows(0, "\n")) position++; break;
            default:
                errors.Add((position - 1, $"Unexpected escape character `{c}` in string. Only \\ ' \" 0 b f n r t v u0000-uFFFF x00-xFF are allowed"));
                value.Append(c);
                break;
        }
    }

    private void ReadHex(StringBuilder value, int digits)
    {
        if (position + digits <= text.Length
            && ushort.TryParse(text.AsSpan(position, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            value.Append((char)code);
            position += digits;
            return;
        }
        errors.Add((position, $"Unexpected hexadecimal number. Expecting {digits} digits 0-9, a-f or A-F"));
    }

    private void ScanNumber()
    {
        if (Follows(0, "0x") || Follows(0, "0X")) ScanRadix(16);
        else if (Follows(0, "0b") || Follows(0, "0B")) ScanRadix(2);
        else ScanDecimal();
    }

    private void ScanRadix(int radix)
    {
        var start = position;
        position += 2;
        BigInteger value = 0;
        for (; position < text.Length && position - start <= MaxDigits && (text[position] == '_' || IsDigit(text[position], radix)); position++)
            if (text[position] != '_') value = value * radix + Convert.ToInt32(text[position].ToString(), 16);
        if (position == start + 2 || position - start > MaxDigits)
        {
            RefuseNumber(start, position == start + 2 ? "Invalid number. Expecting at least one digit" : TooManyDigits);
            return;
        }
        var unsigned = position < text.Length && text[position] is 'u' or 'U';
        if (unsigned) position++;
        // Without the suffix a 32-bit pattern is an int: 0xFFFFFFFF is -1, 0xFFFFFFFFu is 4294967295.
        object number = !unsigned && value > int.MaxValue && value <= uint.MaxValue ? unchecked((int)(uint)value)
            : !unsigned && value > long.MaxValue && value <= ulong.MaxValue ? unchecked((long)(ulong)value)
            : Fit(value);
        tokens.Add(new Token(TokenKind.Integer, start, position, number));
    }

    private static bool IsDigit(char c, int radix) => radix == 2 ? c is '0' or '1' : char.IsAsciiHexDigit(c);

    private void ScanDecimal()
    {
        var start = position;
        var isFloat = false;
        SkipDigits();
        if (position + 1 < text.Length && text[position] == '.' && char.IsAsciiDigit(text[position + 1]))
        {
            isFloat = true;
            position++;
            SkipDigits();
        }
        if (position < text.Length && text[position] is 'e' or 'E')
        {
            var exponent = position + 1;
            if (exponent < text.Length && text[exponent] is '+' or '-') exponent++;
            if (exponent < text.Length && char.IsAsciiDigit(text[exponent]))
            {
                isFloat = true;
                position = exponent;
                SkipDigits();
            }
        }
        AddNumber(start, isFloat);
    }

    private void RefuseNumber(int start, string why)
    {
        errors.Add((start, why));
        tokens.Add(new Token(TokenKind.Invalid, start, position));
    }

    private void AddNumber(int start, bool isFloat)
    {
        if (position - start > MaxDigits)
        {
            RefuseNumber(start, TooManyDigits);
            return;
        }
        var digits = text[start..position].Replace("_", "", StringComparison.Ordinal);
        var invariant = CultureInfo.InvariantCulture;
        var suffix = position < text.Length ? char.ToLowerInvariant(text[position]) : ' ';
        var suffixed = suffix is 'f' or 'd' or 'm' && !(position + 1 < text.Length && IsIdentifierPart(text[position + 1]));
        if (suffixed) position++;
        if (!suffixed && !isFloat)
        {
            tokens.Add(new Token(TokenKind.Integer, start, position, Fit(BigInteger.Parse(digits, invariant))));
            return;
        }
        object? value = !suffixed || suffix == 'd' ? double.Parse(digits, invariant)
            : suffix == 'f' ? float.Parse(digits, invariant)
            : decimal.TryParse(digits, NumberStyles.Float, invariant, out var exact) ? exact : null;
        if (value is null) errors.Add((start, "The number is too large for a decimal"));
        tokens.Add(new Token(TokenKind.Float, start, position, value ?? 0m));
    }

    private void SkipDigits()
    {
        while (position < text.Length && (char.IsAsciiDigit(text[position]) || text[position] == '_')) position++;
    }

    private static object Fit(BigInteger value) =>
        value <= int.MaxValue ? (object)(int)value : value <= long.MaxValue ? (object)(long)value : value;
}
