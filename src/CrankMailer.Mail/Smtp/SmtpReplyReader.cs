using System.Buffers;
using System.Globalization;
using System.Text;
using CrankMailer.Mail.Headers;

namespace CrankMailer.Mail.Smtp;

/// <summary>Takes replies from what has arrived. Tolerant of what servers really send: LF alone, lines without text, differing
/// codes in one reply (the last rules), stray lines inside a multi-line reply; bounded, as a server may be hostile (R66).</summary>
internal static class SmtpReplyReader
{
    /// <summary>RFC 5321 4.5.3.1.5 says 512; real ones are longer.</summary>
    private const int MaxLine = 4096;

    private const int MaxLines = 200;

    /// <summary>Octets of a whole reply. Also because every packet has it looked at from its beginning: longer ones, an octet at a time, cost time.</summary>
    private const int MaxReply = 64 * 1024;

    public enum Outcome { Incomplete, Complete, Malformed }

    /// <summary>On Complete the buffer begins behind the reply.</summary>
    public static Outcome TryRead(ref ReadOnlySequence<byte> buffer, out SmtpReply? reply)
    {
        reply = null;
        var reader = new SequenceReader<byte>(buffer);
        var lines = new List<string>(1);
        while (reader.TryReadTo(out ReadOnlySequence<byte> line, (byte)'\n'))
        {
            if (line.Length > MaxLine || lines.Count == MaxLines) return Outcome.Malformed;
            var text = Decode(line);
            if (!TryReadCode(text, out var code, out var isLast))
            {
                // Seen inside greetings: a banner line without code. As a first line it is no SMTP at all.
                if (lines.Count == 0) return Outcome.Malformed;
                lines.Add(text);
                continue;
            }
            lines.Add(text.Length > 4 ? text[4..] : "");
            if (!isLast) continue;
            buffer = buffer.Slice(reader.Position);
            reply = new SmtpReply(code, lines);
            return Outcome.Complete;
        }
        return reader.Remaining > MaxLine || buffer.Length > MaxReply ? Outcome.Malformed : Outcome.Incomplete;
    }

    public static SmtpReply? FindPasted(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var code = 0;
        var texts = new List<string>();
        foreach (var line in lines.Take(MaxLines).Select(HeaderText.Clean))
        {
            if (TryReadCode(line, out var found, out _)) { code = found; texts.Add(line.Length > 4 ? line[4..] : ""); }
            else texts.Add(line);
        }
        return code == 0 ? null : new SmtpReply(code, texts);
    }

    private static bool TryReadCode(string line, out int code, out bool isLast)
    {
        code = 0;
        isLast = line.Length == 3 || (line.Length > 3 && line[3] != '-');
        if (line.Length < 3 || (line.Length > 3 && line[3] is not (' ' or '-' or '\t'))) return false;
        return int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out code) && code is >= 200 and <= 599;
    }

    private static string Decode(ReadOnlySequence<byte> line)
    {
        var text = Encoding.UTF8.GetString(line).TrimEnd('\r');
        // Replies are shown to people: a control character in one must not reach a terminal or a log.
        return text.Contains('\uFFFD') ? HeaderText.Clean(Encoding.Latin1.GetString(line).TrimEnd('\r')) : HeaderText.Clean(text);
    }
}
