using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace CrankMailer.Mail.Smtp;

/// <summary>The body as it goes over the wire: a dot doubled at the start of a line (R61), and every line end a CRLF whatever
/// came in, so that no receiver can see an end of data of its own (R1, SMTP smuggling).</summary>
internal static class DotStuffing
{
    /// <summary>Room for the end of data, asked for with the last stretch so that both leave in one packet.</summary>
    private const int EndOctets = 5;

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    /// <summary>Writes a stretch of whole or broken lines.</summary>
    /// <param name="atLineStart">Whether the stretch begins a line; updated for the next one.</param>
    /// <returns>How many octets were taken: all but a CR at the very end, of which only the next stretch tells what it is.</returns>
    public static int Write(IBufferWriter<byte> output, ReadOnlySpan<byte> message, ref bool atLineStart, bool isLast)
    {
        if (CanGoAsItIs(message, atLineStart))
        {
            message.CopyTo(output.GetSpan(message.Length + EndOctets));
            output.Advance(message.Length);
            atLineStart = message[^1] == '\n';
            return message.Length;
        }
        return WriteLines(output, message, ref atLineStart, isLast);
    }

    /// <summary>The end of data.</summary>
    public static void WriteEnd(IBufferWriter<byte> output, bool atLineStart) => output.Write(atLineStart ? ".\r\n"u8 : "\r\n.\r\n"u8);

    /// <summary>What we compose ourselves has only whole line ends and no dot before a line: one look over it, many octets at a time, instead of one a line.</summary>
    private static bool CanGoAsItIs(ReadOnlySpan<byte> message, bool atLineStart)
    {
        // Where a line end is cut in two, or might be, the lines are looked at one by one.
        if (message.IsEmpty || message[^1] == '\r' || message[0] == '\n' || (atLineStart && message[0] == '.')) return false;
        ref var octets = ref MemoryMarshal.GetReference(message);
        var wrong = Vector<byte>.Zero;
        nuint at = 1;
        for (var last = (nuint)message.Length; at + (nuint)Vector<byte>.Count <= last; at += (nuint)Vector<byte>.Count)
        {
            var here = Vector.LoadUnsafe(ref octets, at);
            var before = Vector.LoadUnsafe(ref octets, at - 1);
            var lineFeed = Vector.Equals(before, new Vector<byte>((byte)'\n'));
            wrong |= (Vector.Equals(here, new Vector<byte>((byte)'\n')) ^ Vector.Equals(before, new Vector<byte>((byte)'\r')))
                | (lineFeed & Vector.Equals(here, new Vector<byte>((byte)'.')));
        }
        if (wrong != Vector<byte>.Zero) return false;
        for (var i = (int)at; i < message.Length; i++)
            if ((message[i] == '\n') != (message[i - 1] == '\r') || (message[i] == '.' && message[i - 1] == '\n')) return false;
        return true;
    }

    private static int WriteLines(IBufferWriter<byte> output, ReadOnlySpan<byte> message, ref bool atLineStart, bool isLast)
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

    private static void Put(IBufferWriter<byte> output, ReadOnlySpan<byte> before, ReadOnlySpan<byte> instead, ref int copied, int next)
    {
        output.Write(before);
        output.Write(instead);
        copied = next;
    }
}
