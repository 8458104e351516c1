namespace CrankMailer.Mail.Dkim;

/// <summary>Where the header fields of a block begin and end, found once, without copying.</summary>
internal static class HeaderFields
{
    /// <summary>More fields than this are not signed or verified: no honest mail has them.</summary>
    public const int Max = 256;

    public readonly record struct Field(int Start, int NameLength, int End);

    /// <summary>Fills the places and returns how many there are. A field ends behind its CRLF, or at the end of the block.</summary>
    public static int Find(ReadOnlySpan<byte> block, Span<Field> fields)
    {
        var count = 0;
        var start = 0;
        while (start < block.Length && count < fields.Length)
        {
            var end = EndOf(block, start);
            var colon = block[start..end].IndexOf((byte)':');
            if (colon > 0) fields[count++] = new Field(start, block.Slice(start, colon).TrimEnd(" \t"u8).Length, end);
            start = end;
        }
        return count;
    }

    /// <summary>The length of the header block of a raw message, with the line end of its last field, without the empty line.</summary>
    public static int BlockLength(ReadOnlySpan<byte> message)
    {
        if (message.StartsWith("\r\n"u8)) return 0;
        var gap = message.IndexOf("\r\n\r\n"u8);
        return gap < 0 ? message.Length : gap + 2;
    }

    public static bool Is(ReadOnlySpan<byte> block, Field field, ReadOnlySpan<byte> name) =>
        field.NameLength == name.Length && System.Text.Ascii.EqualsIgnoreCase(block.Slice(field.Start, field.NameLength), name);

    private static int EndOf(ReadOnlySpan<byte> block, int start)
    {
        while (true)
        {
            var line = block[start..].IndexOf("\r\n"u8);
            if (line < 0) return block.Length;
            start += line + 2;
            if (start >= block.Length || block[start] is not ((byte)' ' or (byte)'\t')) return start;
        }
    }
}
