using System.Buffers;
using System.Text;

namespace CrankMailer.Scriban.Personal;

/// <summary>Writes a value as UTF-8, made harmless for its place, with nothing allocated.</summary>
internal static class PersonalEscaping
{
    private static readonly SearchValues<char> HtmlSpecial = SearchValues.Create("<>&\"'\n");

    /// <summary>RFC 3986 §2.3: what never needs an escape in any part of a URL.</summary>
    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~");

    public static void Write(ReadOnlySpan<char> text, PersonalContext context, bool breakLines, IBufferWriter<byte> output)
    {
        switch (context)
        {
            case PersonalContext.Text or PersonalContext.HtmlRaw: Encoding.UTF8.GetBytes(text, output); break;
            case PersonalContext.Header: WriteLine(text, output); break;
            case PersonalContext.UrlPart: WritePercentEncoded(text, output); break;
            default: WriteHtml(text, breakLines, output); break;
        }
    }

    private static void WriteHtml(ReadOnlySpan<char> text, bool breakLines, IBufferWriter<byte> output)
    {
        while (text.Length > 0)
        {
            var at = text.IndexOfAny(HtmlSpecial);
            if (at < 0) break;
            Encoding.UTF8.GetBytes(text[..at], output);
            output.Write(text[at] switch
            {
                '<' => "&lt;"u8,
                '>' => "&gt;"u8,
                '&' => "&amp;"u8,
                '"' => "&quot;"u8,
                '\'' => "&#39;"u8,
                _ => breakLines ? "<br />\n"u8 : "\n"u8,
            });
            text = text[(at + 1)..];
        }
        Encoding.UTF8.GetBytes(text, output);
    }

    private static void WriteLine(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        while (text.Length > 0)
        {
            var at = 0;
            while (at < text.Length && !char.IsControl(text[at]) && text[at] is not ('\u2028' or '\u2029')) at++;
            Encoding.UTF8.GetBytes(text[..at], output);
            if (at == text.Length) return;
            // RFC 5322 2.2: a line end in a value would begin a header of the value's choosing.
            output.Write(" "u8);
            while (at < text.Length && (char.IsControl(text[at]) || text[at] is '\u2028' or '\u2029')) at++;
            text = text[at..];
        }
    }

    private static void WritePercentEncoded(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        Span<byte> utf8 = stackalloc byte[4];
        while (text.Length > 0)
        {
            var at = text.IndexOfAnyExcept(Unreserved);
            if (at < 0) at = text.Length;
            Encoding.UTF8.GetBytes(text[..at], output);
            if (at == text.Length) return;
            text = text[at..];
            Rune.DecodeFromUtf16(text, out var rune, out var consumed);
            foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
            {
                var span = output.GetSpan(3);
                span[0] = (byte)'%';
                span[1] = (byte)"0123456789ABCDEF"[b >> 4];
                span[2] = (byte)"0123456789ABCDEF"[b & 15];
                output.Advance(3);
            }
            text = text[consumed..];
        }
    }
}
