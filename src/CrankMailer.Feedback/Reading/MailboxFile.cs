namespace CrankMailer.Feedback.Reading;

/// <summary>A mailbox file (mbox, RFC 4155): several mails, each behind a line "From sender date". Several reports in one file each count (R108).</summary>
internal static class MailboxFile
{
    private const int Most = 100;

    /// <summary>The mails; the whole where it does not begin as such a file.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> raw)
    {
        if (!raw.Span.StartsWith("From "u8)) return [raw];
        var mails = new List<ReadOnlyMemory<byte>>();
        var start = 0;
        // A program that writes such a file marks lines of a body that begin alike; behind a real one a header follows.
        for (var at = 1; at < raw.Length && mails.Count < Most; at++)
        {
            var next = raw.Span[at..].IndexOf("\nFrom "u8);
            if (next < 0) break;
            at += next;
            if (!IsSeparator(raw.Span[(at + 1)..])) continue;
            mails.Add(raw[start..at]);
            start = at + 1;
        }
        mails.Add(raw[start..]);
        return mails;
    }

    /// <summary>"From sender Thu Apr 29 23:34:45 2015", then "Name: …".</summary>
    private static bool IsSeparator(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..end];
        if (end < 0 || line.Length > 300 || line.Count((byte)':') < 2) return false;
        var next = rest[(end + 1)..];
        var colon = next[..Math.Min(next.Length, 80)].IndexOf((byte)':');
        return colon > 0 && !next[..colon].ContainsAny(" \t\r\n"u8);
    }
}
