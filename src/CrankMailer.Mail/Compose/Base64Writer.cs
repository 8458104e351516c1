using System.Buffers.Text;

namespace CrankMailer.Mail.Compose;

/// <summary>Writes one part in base64 as literals and values come, in lines of at most 76 (R16).</summary>
internal struct Base64Writer
{
    private const int MaxLine = 76;

    private Group pending;
    private int pendingCount;
    private int column;

    public void Write(MessageBuffer output, Base64Literal literal)
    {
        var variant = literal.After(pendingCount);
        foreach (var octet in variant.Head) Push(output, octet);
        if (variant.Lines.Length > 0)
        {
            if (column > 0) output.Write("\r\n"u8);
            output.Write(variant.Lines);
            column = variant.Column;
        }
        foreach (var octet in variant.Tail) Push(output, octet);
    }

    /// <summary>A value: line ends of any kind become CRLF, NUL is left out (R1, R2).</summary>
    public void Write(MessageBuffer output, ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == 0) continue;
            if (text[i] is not ((byte)'\r' or (byte)'\n')) { Push(output, text[i]); continue; }
            Push(output, (byte)'\r');
            Push(output, (byte)'\n');
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
        }
    }

    /// <summary>The last group, padded.</summary>
    public void Finish(MessageBuffer output)
    {
        if (pendingCount > 0) Flush(output);
    }

    private void Push(MessageBuffer output, byte octet)
    {
        pending[pendingCount++] = octet;
        if (pendingCount == 3) Flush(output);
    }

    private void Flush(MessageBuffer output)
    {
        if (column + 4 > MaxLine) { output.Write("\r\n"u8); column = 0; }
        Span<byte> group = pending;
        Base64.EncodeToUtf8(group[..pendingCount], output.GetSpan(4), out _, out var written);
        output.Advance(written);
        column += written;
        pendingCount = 0;
    }

    [System.Runtime.CompilerServices.InlineArray(3)]
    private struct Group
    {
        private byte first;
    }
}
