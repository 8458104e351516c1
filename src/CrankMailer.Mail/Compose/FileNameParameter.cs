using System.Text;

namespace CrankMailer.Mail.Compose;

/// <summary>filename= as ASCII for old readers, and filename*= of RFC 2231 where the name is more than that (R23).</summary>
internal static class FileNameParameter
{
    /// <summary>Octets of one continuation (filename*0*=…), so that no header line passes 78.</summary>
    private const int Piece = 50;

    public static string Write(string name)
    {
        var ascii = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
            ascii.Append(rune.IsAscii && rune.Value is not ('"' or '\\') ? (char)rune.Value : '_');
        // One quoted line must stay below 78 columns; the full name is in the other form.
        var extension = Path.GetExtension(ascii.ToString());
        if (ascii.Length > Piece) ascii = new StringBuilder(ascii.ToString(0, Piece - Math.Min(extension.Length, 10)) + extension[..Math.Min(extension.Length, 10)]);
        var fallback = $"\r\n filename=\"{ascii}\"";
        // What looks like an encoded word would be decoded as one by many programs, though it must not (RFC 2047 5).
        return ascii.ToString() == name && !name.Contains("=?", StringComparison.Ordinal) ? fallback : fallback + ";" + Extended(name);
    }

    private static string Extended(string name)
    {
        var pieces = new List<string>();
        var piece = new StringBuilder("UTF-8''");
        Span<byte> octets = stackalloc byte[4];
        foreach (var rune in name.EnumerateRunes())
        {
            var encoded = new StringBuilder();
            foreach (var octet in octets[..rune.EncodeToUtf8(octets)])
                encoded.Append(char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'.' or (byte)'-' or (byte)'_' ? ((char)octet).ToString() : $"%{octet:X2}");
            if (piece.Length + encoded.Length > Piece) { pieces.Add(piece.ToString()); piece.Clear(); }
            piece.Append(encoded);
        }
        pieces.Add(piece.ToString());
        return pieces.Count == 1
            ? $"\r\n filename*={pieces[0]}"
            : string.Join(";", pieces.Select((text, n) => $"\r\n filename*{n}*={text}"));
    }
}
