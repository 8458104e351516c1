using System.Buffers;
using CrankMailer.Mail.Compose;

namespace CrankMailer.Mail.Listener;

/// <summary>Reads a body up to CRLF . CRLF and takes the stuffed dots out. A line that ends in a bare LF or CR never ends the
/// body, and spoils it: what one server takes for an end and the next does not is how mail is smuggled (R1).</summary>
internal sealed class SmtpDataReader(MessageBuffer message, int maxOctets)
{
    private readonly ArrayBufferWriter<byte> broken = new();
    private bool hasBareLineEnd;

    public enum Result { Taken, TooLarge, BareLineEnd }

    /// <summary>True when the final dot has come.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Octets seen, kept or not.</summary>
    public long Total { get; private set; }

    public Result Found => hasBareLineEnd ? Result.BareLineEnd : Total > maxOctets ? Result.TooLarge : Result.Taken;

    /// <summary>Takes what has come; returns where the rest begins: all of it is consumed until the final dot.</summary>
    public SequencePosition Take(ReadOnlySequence<byte> buffer)
    {
        foreach (var segment in buffer)
        {
            var span = segment.Span;
            var taken = TakeLines(span);
            if (IsComplete) return buffer.GetPosition(taken);
            buffer = buffer.Slice(span.Length);
        }
        return buffer.End;
    }

    private int TakeLines(ReadOnlySpan<byte> span)
    {
        var at = 0;
        while (at < span.Length && !IsComplete)
        {
            var end = span[at..].IndexOf((byte)'\n');
            if (end < 0) { Hold(span[at..]); return span.Length; }
            TakeLine(span.Slice(at, end + 1));
            at += end + 1;
        }
        return at;
    }

    private void TakeLine(ReadOnlySpan<byte> line)
    {
        if (broken.WrittenCount == 0) { TakeWholeLine(line); return; }
        broken.Write(line);
        TakeWholeLine(broken.WrittenSpan);
        broken.ResetWrittenCount();
    }

    /// <summary>A line whose end has not come yet. One longer than the limit is kept no more, but still counted.</summary>
    private void Hold(ReadOnlySpan<byte> part)
    {
        if (broken.WrittenCount + part.Length <= maxOctets) { broken.Write(part); return; }
        Total += broken.WrittenCount + part.Length;
        broken.ResetWrittenCount();
        broken.Write("x"u8);
    }

    private void TakeWholeLine(ReadOnlySpan<byte> line)
    {
        if (line.SequenceEqual(".\r\n"u8) && !EndsBare(line)) { IsComplete = true; return; }
        hasBareLineEnd |= EndsBare(line) || line[..^2].Contains((byte)'\r');
        if (line[0] == '.') line = line[1..];
        Total += line.Length;
        if (Total <= maxOctets) message.Write(line);
    }

    private static bool EndsBare(ReadOnlySpan<byte> line) => !line.EndsWith("\r\n"u8);
}
