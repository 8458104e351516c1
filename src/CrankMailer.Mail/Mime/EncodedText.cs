using System.Text;
using CrankMailer.Mail.Headers;

namespace CrankMailer.Mail.Mime;

/// <summary>Decodes encoded words in header text (RFC 2047), also where they stand inside quotes or touch other words, as
/// mail programs write them.</summary>
internal static class EncodedText
{
    public static string Decode(string text)
    {
        if (!text.Contains("=?", StringComparison.Ordinal)) return text;
        var decoded = new StringBuilder(text.Length);
        var pending = new Pending();
        var at = 0;
        while (at < text.Length)
        {
            var start = text.IndexOf("=?", at, StringComparison.Ordinal);
            if (start < 0 || !TryReadWord(text, start, out var word, out var end))
            {
                var next = start < 0 ? text.Length : start + 2;
                pending.Flush(decoded);
                decoded.Append(text, at, next - at);
                at = next;
                continue;
            }
            // White space between two encoded words is no part of the text (RFC 2047 6.2).
            var between = text.AsSpan(at, start - at);
            if (!pending.IsEmpty && between.IsWhiteSpace()) between = default;
            if (!between.IsEmpty) pending.Flush(decoded);
            decoded.Append(between);
            pending.Add(decoded, word.Charset, word.Octets);
            at = end;
        }
        pending.Flush(decoded);
        return HeaderText.Clean(decoded.ToString());
    }

    private static bool TryReadWord(string text, int start, out (string Charset, byte[] Octets) word, out int end)
    {
        word = default;
        end = start;
        var charsetEnd = text.IndexOf('?', start + 2);
        if (charsetEnd < 0 || charsetEnd + 2 >= text.Length || text[charsetEnd + 2] != '?' || charsetEnd - start > 60) return false;
        var close = text.IndexOf("?=", charsetEnd + 3, StringComparison.Ordinal);
        if (close < 0) return false;
        var payload = Encoding.UTF8.GetBytes(text[(charsetEnd + 3)..close]);
        var kind = char.ToUpperInvariant(text[charsetEnd + 1]);
        if (kind is not ('B' or 'Q')) return false;
        word = (text[(start + 2)..charsetEnd], kind == 'B' ? TransferEncoding.Decode(payload, TransferEncoding.Kind.Base64) : DecodeQ(payload));
        end = close + 2;
        return true;
    }

    private static byte[] DecodeQ(byte[] payload)
    {
        var octets = new List<byte>(payload.Length);
        for (var i = 0; i < payload.Length; i++)
        {
            if (payload[i] == '_') octets.Add((byte)' ');
            else if (payload[i] == '=' && i + 2 < payload.Length && Hex.Value(payload[i + 1]) >= 0 && Hex.Value(payload[i + 2]) >= 0)
            {
                octets.Add((byte)(Hex.Value(payload[i + 1]) << 4 | Hex.Value(payload[i + 2])));
                i += 2;
            }
            else octets.Add(payload[i]);
        }
        return [.. octets];
    }

    /// <summary>Neighbouring words of one charset are decoded together: many programs split a character over two, though
    /// they must not.</summary>
    private struct Pending()
    {
        private readonly List<byte> octets = [];
        private string charset = "";

        public bool IsEmpty { get; private set; } = true;

        public void Add(StringBuilder output, string wordCharset, byte[] more)
        {
            if (!charset.Equals(wordCharset, StringComparison.OrdinalIgnoreCase)) Flush(output);
            charset = wordCharset;
            octets.AddRange(more);
            IsEmpty = false;
        }

        public void Flush(StringBuilder output)
        {
            output.Append(Charset.Decode(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(octets), charset));
            octets.Clear();
            charset = "";
            IsEmpty = true;
        }
    }
}
