using System.Buffers;

namespace CrankMailer.Mail.Smtp;

/// <summary>The body as it goes over the wire: a dot doubled at the start of a line (R61), and every line end a CRLF whatever
/// came in, so that no receiver can see an end of data of its own (R1, SMTP smuggling).</summary>
internal static class DotStuffing
{
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    /// <summary>Writes a stretch of whole or broken lines.</summary>
    /// <param name="atLineStart">Whether the stretch begins a line; updated for the next one.</param>
    /// <returns>How many octets were taken: all but a CR at the very end, of which only the next stretch tells what it is.</returns>
    public static int Write(IBufferWriter<byte> output, ReadOnlySpan<byte> message, ref bool atLineStart, bool isLast)
    {
        var taken = 0;
        var copied = 0;
        while (taken < message.Length)
        {
            if (atLineStart && message[taken] == '.') Put(output, message[copied..taken], "."u8, ref copied, taken);
            atLineStart = false;
            var end = message[taken..].IndexOfAny(LineEnds);
            if (end < 0) { taken = message.Length; break; }
            taken += end;
            if (message[taken] == '\r' && taken + 1 == message.Length && !isLast) break;
            if (message[taken..].StartsWith("\r\n"u8)) taken += 2;
            else Put(output, message[copied..taken], "\r\n"u8, ref copied, ++taken);
            atLineStart = true;
        }
        output.Write(message[copied..taken]);
        return taken;
    }

    /// <summary>The end of data.</summary>
    public static void WriteEnd(IBufferWriter<byte> output, bool atLineStart) => output.Write(atLineStart ? ".\r\n"u8 : "\r\n.\r\n"u8);

    private static void Put(IBufferWriter<byte> output, ReadOnlySpan<byte> before, ReadOnlySpan<byte> instead, ref int copied, int next)
    {
        output.Write(before);
        output.Write(instead);
        copied = next;
    }
}
