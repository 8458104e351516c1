namespace CrankMailer.Model.Tokens;

/// <summary>RFC 4648 section 6 without padding, written in lower case, read in either: survives mail gateways that change case.</summary>
internal static class Base32
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public static int LengthOf(int bytes) => (bytes * 8 + 4) / 5;

    /// <returns>Characters (ASCII octets) written.</returns>
    public static int Write(ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        int bits = 0, buffer = 0, length = 0;
        foreach (var b in bytes)
        {
            buffer = (buffer << 8) | b;
            bits += 8;
            while (bits >= 5) text[length++] = (byte)Alphabet[(buffer >> (bits -= 5)) & 31];
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) text[length++] = (byte)Alphabet[(buffer << (5 - bits)) & 31];
        return length;
    }

    /// <returns>Octets written, or -1 where the text is not the one spelling of any octets (a stray character, left-over bits set).</returns>
    public static int Read(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        int bits = 0, buffer = 0, length = 0;
        foreach (var c in text)
        {
            var value = c switch { >= 'a' and <= 'z' => c - 'a', >= 'A' and <= 'Z' => c - 'A', >= '2' and <= '7' => c - '2' + 26, _ => -1 };
            if (value < 0) return -1;
            buffer = (buffer << 5) | value;
            if ((bits += 5) < 8) continue;
            if (length == bytes.Length) return -1;
            bytes[length++] = (byte)(buffer >> (bits -= 8));
            buffer &= (1 << bits) - 1;
        }
        return bits >= 5 || buffer != 0 ? -1 : length;
    }
}
