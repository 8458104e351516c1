using System.Buffers;

namespace CrankMailer.Mail.Compose;

internal static class TextLines
{
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n\0"u8);

    /// <summary>Line ends of any kind as CRLF, NUL left out: the canonical form of text before base64 (RFC 2045 6.8, R1, R2).</summary>
    public static byte[] ToCrlf(ReadOnlySpan<byte> text)
    {
        using var lines = new MessageBuffer(text.Length + text.Length / 16 + 16);
        while (!text.IsEmpty)
        {
            var end = text.IndexOfAny(LineEnds);
            if (end < 0) { lines.Write(text); break; }
            lines.Write(text[..end]);
            if (text[end] != 0) lines.Write("\r\n"u8);
            text = text[(end + (text[end..].StartsWith("\r\n"u8) ? 2 : 1))..];
        }
        return lines.WrittenSpan.ToArray();
    }
}
