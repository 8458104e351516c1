using System.Security.Cryptography;
using CrankMailer.Mail.Compose;

namespace CrankMailer.Mail.Dkim;

/// <summary>The canonical forms of RFC 6376 3.4, for signing and verifying alike.</summary>
internal static class DkimCanonical
{
    /// <summary>One header field with its line end, if it has one. The canonical form has a line end only where the field has.</summary>
    public static void AppendHeader(MessageBuffer output, ReadOnlySpan<byte> field, DkimCanonicalization form)
    {
        if (form == DkimCanonicalization.Simple) { output.Write(field); return; }
        var hasEnd = field.EndsWith("\r\n"u8);
        var colon = field.IndexOf((byte)':');
        foreach (var octet in field[..colon].TrimEnd(" \t"u8)) output.Write((byte)char.ToLowerInvariant((char)octet));
        output.Write((byte)':');
        AppendCollapsed(output, field[(colon + 1)..].Trim(" \t\r\n"u8));
        if (hasEnd) output.Write("\r\n"u8);
    }

    /// <summary>Feeds the body as it will be seen by the receiver, before dot-stuffing (R35), and returns its octets.</summary>
    public static long AppendBody(IncrementalHash hash, ReadOnlySpan<byte> body, DkimCanonicalization form, long limit = long.MaxValue)
    {
        var feed = new Feed(hash, limit);
        if (form == DkimCanonicalization.Simple)
        {
            var end = body.Length;
            while (end >= 2 && body[..end].EndsWith("\r\n"u8)) end -= 2;
            feed.Add(body[..end]);
            feed.Add("\r\n"u8);
            return feed.Total;
        }
        var trimmed = TrimEmptyLines(body);
        if (trimmed.IsEmpty) return 0;
        AppendRelaxed(ref feed, trimmed);
        feed.Add("\r\n"u8);
        return feed.Total;
    }

    /// <summary>Copies long stretches and looks closely only where white space is not already canonical: a run of two,
    /// a TAB, or a space before a line end.</summary>
    private static void AppendRelaxed(ref Feed feed, ReadOnlySpan<byte> body)
    {
        int doubled = 0, tab = 0, atEnd = 0;
        var from = 0;
        while (true)
        {
            if (doubled >= 0 && doubled <= from) doubled = Find(body, "  "u8, from);
            if (tab >= 0 && tab <= from) tab = Find(body, "\t"u8, from);
            if (atEnd >= 0 && atEnd <= from) atEnd = Find(body, " \r\n"u8, from);
            var next = Nearest(Nearest(doubled, tab), atEnd);
            if (next < 0) { feed.Add(body[from..]); return; }
            // A TAB may follow a single space that was not seen as a run.
            if (next > from && body[next - 1] == ' ') next--;
            feed.Add(body[from..next]);
            var after = next + body[next..].IndexOfAnyExcept((byte)' ', (byte)'\t');
            if (after < next) return;
            if (!body[after..].StartsWith("\r\n"u8)) feed.Add(" "u8);
            from = after;
        }
    }

    private static ReadOnlySpan<byte> TrimEmptyLines(ReadOnlySpan<byte> body)
    {
        while (true)
        {
            var bare = body.TrimEnd(" \t"u8);
            if (!bare.EndsWith("\r\n"u8)) return bare;
            body = bare[..^2];
        }
    }

    private static int Find(ReadOnlySpan<byte> body, ReadOnlySpan<byte> what, int from)
    {
        var found = body[from..].IndexOf(what);
        return found < 0 ? -1 : from + found;
    }

    private static int Nearest(int one, int other) => one < 0 ? other : other < 0 ? one : Math.Min(one, other);

    private static void AppendCollapsed(MessageBuffer output, ReadOnlySpan<byte> value)
    {
        var inSpace = false;
        foreach (var octet in value)
        {
            // Unfolding drops the line end; what is left of a fold is its white space.
            if (octet is (byte)'\r' or (byte)'\n') continue;
            if (octet is (byte)' ' or (byte)'\t') { inSpace = true; continue; }
            if (inSpace) output.Write((byte)' ');
            inSpace = false;
            output.Write(octet);
        }
    }

    /// <summary>A hash that stops at the length an l= tag names.</summary>
    private struct Feed(IncrementalHash hash, long limit)
    {
        public long Total { get; private set; }

        public void Add(ReadOnlySpan<byte> octets)
        {
            var room = limit - Total;
            if (room < octets.Length) octets = octets[..(int)Math.Max(room, 0)];
            hash.AppendData(octets);
            Total += octets.Length;
        }
    }
}
