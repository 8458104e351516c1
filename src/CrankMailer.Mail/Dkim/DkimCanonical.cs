using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using CrankMailer.Mail.Compose;

namespace CrankMailer.Mail.Dkim;

/// <summary>The canonical forms of RFC 6376 3.4, for signing and verifying alike.</summary>
internal static class DkimCanonical
{
    private const int Gathered = 4096;

    /// <summary>One header field with its line end, if it has one. The canonical form has a line end only where the field has.</summary>
    public static void AppendHeader(MessageBuffer output, ReadOnlySpan<byte> field, DkimCanonicalization form)
    {
        if (form == DkimCanonicalization.Simple) { output.Write(field); return; }
        var hasEnd = field.EndsWith("\r\n"u8);
        var colon = field.IndexOf((byte)':');
        var name = field[..colon].TrimEnd(" \t"u8);
        LowerAscii(name, output.GetSpan(name.Length));
        output.Advance(name.Length);
        output.Write((byte)':');
        AppendCollapsed(output, field[(colon + 1)..].Trim(" \t\r\n"u8));
        if (hasEnd) output.Write("\r\n"u8);
    }

    /// <summary>Feeds the body as it will be seen by the receiver, before dot-stuffing (R35), and returns its octets.</summary>
    public static long AppendBody(IncrementalHash hash, ReadOnlySpan<byte> body, DkimCanonicalization form, long limit = long.MaxValue)
    {
        var feed = new Feed(hash, limit, stackalloc byte[Gathered]);
        if (form == DkimCanonicalization.Simple)
        {
            var end = body.Length;
            while (end >= 2 && body[..end].EndsWith("\r\n"u8)) end -= 2;
            feed.Add(body[..end]);
        }
        else
        {
            var trimmed = TrimEmptyLines(body);
            if (trimmed.IsEmpty) return 0;
            AppendRelaxed(ref feed, trimmed);
        }
        feed.Add("\r\n"u8);
        feed.Flush();
        return feed.Total;
    }

    /// <summary>Copies long stretches and looks closely only where white space is not already canonical.</summary>
    private static void AppendRelaxed(ref Feed feed, ReadOnlySpan<byte> body)
    {
        while (true)
        {
            var odd = IndexOfOddSpace(body);
            if (odd < 0) break;
            feed.Add(body[..odd]);
            body = body[odd..];
            body = body[body.IndexOfAnyExcept((byte)' ', (byte)'\t')..];
            if (!body.StartsWith("\r\n"u8)) feed.Add(" "u8);
        }
        feed.Add(body);
    }

    /// <summary>Where white space begins that is more than one space between words: a run, a TAB, or what stands before a line end. Many octets at a time, as
    /// most bodies have little of it. The body ends in none.</summary>
    private static int IndexOfOddSpace(ReadOnlySpan<byte> body)
    {
        var at = 0;
        ref var octets = ref MemoryMarshal.GetReference(body);
        for (; at + Vector256<byte>.Count < body.Length; at += Vector256<byte>.Count)
        {
            var here = Vector256.LoadUnsafe(ref octets, (nuint)at);
            var next = Vector256.LoadUnsafe(ref octets, (nuint)at + 1);
            var more = Vector256.Equals(next, Vector256.Create((byte)' ')) | Vector256.Equals(next, Vector256.Create((byte)'\t')) | Vector256.Equals(next, Vector256.Create((byte)'\r'));
            var odd = Vector256.Equals(here, Vector256.Create((byte)'\t')) | (Vector256.Equals(here, Vector256.Create((byte)' ')) & more);
            for (var bits = odd.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                if (IsOddSpace(body, at + BitOperations.TrailingZeroCount(bits))) return at + BitOperations.TrailingZeroCount(bits);
        }
        for (; at + 1 < body.Length; at++)
            if (IsOddSpace(body, at)) return at;
        return -1;
    }

    /// <summary>A CR alone ends no line.</summary>
    private static bool IsOddSpace(ReadOnlySpan<byte> body, int at) =>
        body[at] == '\t' || (body[at] == ' ' && (body[at + 1] is (byte)' ' or (byte)'\t' || body[(at + 1)..].StartsWith("\r\n"u8)));

    private static ReadOnlySpan<byte> TrimEmptyLines(ReadOnlySpan<byte> body)
    {
        while (true)
        {
            var bare = body.TrimEnd(" \t"u8);
            if (!bare.EndsWith("\r\n"u8)) return bare;
            body = bare[..^2];
        }
    }

    /// <summary>Runs of white space as one space; unfolding drops the line ends.</summary>
    private static void AppendCollapsed(MessageBuffer output, ReadOnlySpan<byte> value)
    {
        while (!value.IsEmpty)
        {
            var odd = IndexOfFold(value);
            output.Write(value[..odd]);
            value = value[odd..];
            var run = value.IndexOfAnyExcept(" \t\r\n"u8);
            if (run < 0) return; // the value ends in a word, or is empty here
            if (run > 0 && value[..run].ContainsAny((byte)' ', (byte)'\t')) output.Write((byte)' ');
            value = value[run..];
        }
    }

    /// <summary>How far the value is canonical already: up to a TAB, a line end, or two spaces.</summary>
    private static int IndexOfFold(ReadOnlySpan<byte> value)
    {
        var fold = value.IndexOfAny((byte)'\t', (byte)'\r', (byte)'\n');
        if (fold < 0) fold = value.Length;
        var spaces = value[..fold].IndexOf("  "u8);
        if (spaces >= 0) return spaces;
        // A space right before it belongs to the run.
        return fold > 0 && fold < value.Length && value[fold - 1] == ' ' ? fold - 1 : fold;
    }

    private static void LowerAscii(ReadOnlySpan<byte> name, Span<byte> lower)
    {
        for (var i = 0; i < name.Length; i++) lower[i] = name[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(name[i] | 0x20) : name[i];
    }

    /// <summary>A hash that stops at the length an l= tag names. Short pieces are gathered: each call into the hash costs as much as hashing a hundred octets.</summary>
    private ref struct Feed(IncrementalHash hash, long limit, Span<byte> gathered)
    {
        private readonly Span<byte> gathered = gathered;
        private int pending;

        public long Total { get; private set; }

        public void Add(ReadOnlySpan<byte> octets)
        {
            var room = limit - Total;
            if (room < octets.Length) octets = octets[..(int)Math.Max(room, 0)];
            Total += octets.Length;
            if (octets.Length > gathered.Length - pending) Flush();
            if (octets.Length > gathered.Length) { hash.AppendData(octets); return; }
            octets.CopyTo(gathered[pending..]);
            pending += octets.Length;
        }

        public void Flush()
        {
            hash.AppendData(gathered[..pending]);
            pending = 0;
        }
    }
}
