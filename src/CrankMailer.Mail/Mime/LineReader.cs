namespace CrankMailer.Mail.Mime;

/// <summary>Lines of a message by their places, ending in CRLF or LF. (A file with CR alone is turned before.)</summary>
internal ref struct LineReader(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> text = text;

    /// <summary>Where the next line begins.</summary>
    public int Position { get; private set; }

    /// <summary>The line without its end.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        line = default;
        if (Position >= text.Length) return false;
        var rest = text[Position..];
        var end = rest.IndexOf((byte)'\n');
        line = end < 0 ? rest : rest[..end];
        Position += end < 0 ? rest.Length : end + 1;
        if (line.EndsWith("\r"u8)) line = line[..^1];
        return true;
    }
}
