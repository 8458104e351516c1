using System.Buffers;
using CrankMailer.Mail.Headers;

namespace CrankMailer.Mail.Compose;

/// <summary>Quoted-printable (RFC 2045 6.7) of one stretch of text that begins at the start of a line. Lines have at most 76
/// octets; no line ends in white space, a leading dot and a leading "From " are escaped, as relays and mailbox files change them
/// (R16, R61); line ends of any kind become CRLF.</summary>
internal static class QuotedPrintable
{
    /// <summary>76 less the "=" of a soft line break.</summary>
    private const int Room = 75;

    // Everything printable but "=", and the space, which is looked at again at the end of a stretch.
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    /// <summary>True when the output does not end at the start of a line, so that a soft break must come before more.</summary>
    public static bool Encode(MessageBuffer output, ReadOnlySpan<byte> text)
    {
        var column = 0;
        while (!text.IsEmpty)
        {
            var run = text.IndexOfAnyExcept(Plain);
            if (run < 0) run = text.Length;
            if (run > 0)
            {
                WritePlain(output, text[..run], AtLineEnd(text, run), ref column);
                text = text[run..];
            }
            else if (text[0] is (byte)'\r' or (byte)'\n')
            {
                output.Write("\r\n"u8);
                column = 0;
                text = text.StartsWith("\r\n"u8) ? text[2..] : text[1..];
            }
            else
            {
                // R2: a NUL means nothing in a text, and must not come back after decoding.
                if (text[0] != 0) WriteEscaped(output, text[0], ref column);
                text = text[1..];
            }
        }
        return column > 0;
    }

    /// <summary>NULs, which are left out, do not part a space from the line end.</summary>
    private static bool AtLineEnd(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] == 0) at++;
        return at == text.Length || text[at] is (byte)'\r' or (byte)'\n';
    }

    private static void WritePlain(MessageBuffer output, ReadOnlySpan<byte> run, bool lineEnds, ref int column)
    {
        var escapeLast = lineEnds && run[^1] == ' ';
        var plain = escapeLast ? run[..^1] : run;
        while (!plain.IsEmpty)
        {
            if (column == Room) SoftBreak(output, ref column);
            if (column == 0 && (plain[0] == '.' || plain.StartsWith("From "u8)))
            {
                WriteEscaped(output, plain[0], ref column);
                plain = plain[1..];
                continue;
            }
            var taken = Math.Min(plain.Length, Room - column);
            output.Write(plain[..taken]);
            column += taken;
            plain = plain[taken..];
        }
        if (escapeLast) WriteEscaped(output, (byte)' ', ref column);
    }

    private static void WriteEscaped(MessageBuffer output, byte octet, ref int column)
    {
        if (column + 3 > Room) SoftBreak(output, ref column);
        var to = output.GetSpan(3);
        to[0] = (byte)'=';
        to[1] = Hex.Upper(octet >> 4);
        to[2] = Hex.Upper(octet & 15);
        output.Advance(3);
        column += 3;
    }

    private static void SoftBreak(MessageBuffer output, ref int column)
    {
        output.Write("=\r\n"u8);
        column = 0;
    }
}
