using System.Globalization;

namespace CrankMailer.Mail.Smtp;

/// <summary>A whole reply of a server, all lines of it (R66, R92).</summary>
public sealed record SmtpReply
{
    public SmtpReply(int code, IReadOnlyList<string> lines)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(code, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code, 599);
        Code = code;
        Lines = lines;
        EnhancedCode = lines.Select(FindEnhancedCode).FirstOrDefault(found => found is not null);
    }

    public SmtpReply(int code, string text) : this(code, [text]) { }

    /// <summary>200 to 599; what rules (R66).</summary>
    public int Code { get; }

    /// <summary>What follows the codes of each line; at least one, perhaps empty.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>RFC 3463, such as 5.1.1; null where the server gave none.</summary>
    public string? EnhancedCode { get; }

    public bool IsPositive => Code < 300;

    public bool IsIntermediate => Code is >= 300 and < 400;

    public bool IsTransient => Code is >= 400 and < 500;

    public bool IsPermanent => Code >= 500;

    /// <summary>All lines as one, without codes: for people and for text rules.</summary>
    public string Text => string.Join(' ', Lines.Select(line => FindEnhancedCode(line) is { } code ? line[code.Length..].TrimStart() : line)).Trim();

    /// <summary>Reads a reply as people paste it: lines with or without code, parted by line ends.</summary>
    public static SmtpReply? Find(string text) => SmtpReplyReader.FindPasted(text);

    /// <summary>As on the wire, lines parted by LF.</summary>
    public override string ToString() => string.Join('\n', Lines.Select((line, n) =>
        string.Create(CultureInfo.InvariantCulture, $"{Code}{(n == Lines.Count - 1 ? ' ' : '-')}{line}")));

    public bool Equals(SmtpReply? other) => other is not null && Code == other.Code && Lines.SequenceEqual(other.Lines);

    public override int GetHashCode() => HashCode.Combine(Code, Lines.Count);

    /// <summary>class.subject.detail at the beginning of a line, 1 and up to 3 digits each (RFC 2034).</summary>
    private static string? FindEnhancedCode(string line)
    {
        if (line.Length < 5 || line[0] is not ('2' or '4' or '5') || line[1] != '.') return null;
        var at = Digits(line, 2);
        if (at is < 3 or > 5 || at >= line.Length || line[at] != '.') return null;
        var end = Digits(line, at + 1);
        if (end == at + 1 || end > at + 4 || (end < line.Length && line[end] is not (' ' or '\t' or ':' or ';' or ','))) return null;
        return line[..end];
    }

    private static int Digits(string line, int at)
    {
        while (at < line.Length && char.IsAsciiDigit(line[at])) at++;
        return at;
    }
}
