namespace CrankMailer.Mail.Headers;

/// <summary>Header text as UTF-8 octets on the send path, where no string is made.</summary>
internal static class HeaderOctets
{
    /// <summary>No more than this many octets, ending with a whole character.</summary>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> utf8, int most)
    {
        if (utf8.Length <= most) return utf8;
        while (most > 0 && (utf8[most] & 0xC0) == 0x80) most--;
        return utf8[..most];
    }

    /// <summary>Turns C0, DEL, C1 and the Unicode line separators into spaces, in place (R2, R9).</summary>
    public static void Clean(Span<byte> utf8)
    {
        for (var i = 0; i < utf8.Length; i++)
        {
            if (utf8[i] is < 0x20 or 0x7f) utf8[i] = (byte)' ';
            else if (utf8[i] == 0xc2 && i + 1 < utf8.Length && utf8[i + 1] is >= 0x80 and <= 0x9f) utf8.Slice(i, 2).Fill((byte)' ');
            else if (utf8[i] == 0xe2 && i + 2 < utf8.Length && utf8[i + 1] == 0x80 && (utf8[i + 2] is 0xa8 or 0xa9)) utf8.Slice(i, 3).Fill((byte)' ');
        }
    }
}
