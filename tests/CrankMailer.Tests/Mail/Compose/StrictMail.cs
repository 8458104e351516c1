using System.Text;
using System.Text.RegularExpressions;

namespace CrankMailer.Tests.Mail.Compose;

/// <summary>Reads a message by the letter of the RFCs and by no code of ours: whatever is not lawful fails the test with its rule's number.</summary>
internal sealed partial class StrictMail
{
    private static readonly System.Buffers.SearchValues<char> Base64Alphabet = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private readonly List<Leaf> leaves = [];

    private StrictMail(IReadOnlyList<(string Name, string Value)> headers) => Headers = headers;

    /// <summary>Unfolded, encoded words not decoded.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; }

    /// <summary>Every part that is no multipart, in order.</summary>
    public IReadOnlyList<Leaf> Leaves => leaves;

    public string Header(string name) => Assert.Single(Headers, header => header.Name == name).Value;

    /// <summary>The value as a reader sees it (RFC 2047).</summary>
    public string Text(string name) => DecodeWords(Header(name));

    /// <summary>Text of the first part of this type.</summary>
    public string Part(string type) => Utf8.GetString(Leaves.First(leaf => leaf.Type.StartsWith(type, StringComparison.Ordinal)).Content);

    /// <param name="isUtf8">The transaction uses SMTPUTF8, so headers may be raw UTF-8 (R8).</param>
    public static StrictMail Read(ReadOnlySpan<byte> message, bool isUtf8 = false)
    {
        var text = Encoding.Latin1.GetString(message);
        Assert.False(text.Contains('\0'), "R2: NUL");
        Assert.False(BareLineEnd().IsMatch(text), "R1: a CR or LF alone");
        foreach (var line in text.Split("\r\n"))
            if (line.Length > 998) Assert.Fail($"R3: {line.Length} octets");
        var mail = new StrictMail(ReadHeaders(Head(text), isUtf8));
        // R10: the singletons stand exactly once.
        foreach (var name in new[] { "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type" })
            Assert.True(mail.Headers.Count(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) == 1, $"R10: {name}");
        mail.ReadPart(mail.Headers, text[Math.Min(Head(text).Length + 4, text.Length)..], []);
        return mail;
    }

    /// <summary>RFC 2047: words are at most 75 long (checked with the lines), each holds whole characters, white space between two is dropped.</summary>
    public static string DecodeWords(string value) =>
        EncodedWord().Replace(BetweenWords().Replace(value, "?=$1"), word => Utf8.GetString(word.Groups["kind"].Value == "B"
            ? Convert.FromBase64String(word.Groups["text"].Value)
            : DecodeQ(word.Groups["text"].Value)));

    private static string Head(string text) => text.Split("\r\n\r\n", 2)[0];

    private static List<(string, string)> ReadHeaders(string block, bool isUtf8)
    {
        foreach (var line in block.Split("\r\n"))
        {
            Assert.False(string.IsNullOrWhiteSpace(line) && block.Length > 0, "R5: a line of white space only");
            Assert.True(isUtf8 || !line.Any(c => c > 126), $"R8: not ASCII: {line}");
            Assert.False(line.Any(c => c < ' ' && c != '\t'), $"R2: control character: {line}");
            Assert.True(line.Length <= 78 || !line.Trim().Contains(' '), $"R4: not folded: {line}");
            foreach (Match word in EncodedWord().Matches(line))
                Assert.True(word.Length <= 75 && line.Length <= 76, $"R7: {word.Length} in a line of {line.Length}: {line}");
        }
        var unfolded = Fold().Replace(block, "$1");
        return [.. unfolded.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':', 2)).Select(pair => (pair[0], pair[1].Trim(' ')))];
    }

    private void ReadPart(IReadOnlyList<(string Name, string Value)> headers, string body, IReadOnlyList<string> outer)
    {
        string Value(string name) => headers.FirstOrDefault(header => header.Name == name).Value ?? "";
        var (type, encoding) = (Value("Content-Type"), Value("Content-Transfer-Encoding"));
        if (!type.StartsWith("multipart/", StringComparison.Ordinal))
        {
            Assert.True(!type.StartsWith("text/", StringComparison.Ordinal) || type.Contains("charset=utf-8", StringComparison.Ordinal), $"R19: {type}");
            Assert.False(type.StartsWith("message/", StringComparison.Ordinal), $"R20: {type} in {encoding}");
            Assert.All(outer, boundary => Assert.DoesNotContain("\r\n--" + boundary, "\r\n" + body, StringComparison.Ordinal)); // R21
            leaves.Add(new Leaf(type, Value("Content-Disposition"), Value("Content-ID"), encoding, encoding == "base64" ? DecodeBase64(body) : DecodeQuotedPrintable(body)));
            return;
        }
        Assert.Equal("", encoding); // R20
        var boundary = Boundary().Match(type).Groups[1].Value;
        Assert.True(boundary.Length is >= 1 and <= 70 && BoundaryForm().IsMatch(boundary), $"R21: {boundary}");
        var pieces = ("\r\n" + body).Split("\r\n--" + boundary);
        Assert.Equal("", pieces[0]);
        Assert.StartsWith("--", pieces[^1]);
        foreach (var piece in pieces[1..^1])
        {
            Assert.StartsWith("\r\n", piece, StringComparison.Ordinal);
            var part = piece[2..];
            var head = Head(part);
            ReadPart(ReadHeaders(head, isUtf8: false), part[(head.Length + 4)..], [.. outer, boundary]);
        }
    }

    /// <summary>RFC 2045 6.7, and what keeps it whole on the way: no dot and no "From " begins a line (R16).</summary>
    private static byte[] DecodeQuotedPrintable(string body)
    {
        var octets = new List<byte>();
        var lines = body.Split("\r\n");
        for (var n = 0; n < lines.Length; n++)
        {
            var line = lines[n];
            if (line.Length > 76) Assert.Fail($"R16: line of {line.Length}: {line}");
            if (line.EndsWith(' ') || line.EndsWith('\t')) Assert.Fail($"R16: white space ends a line: {line}");
            if (line.StartsWith('.')) Assert.Fail($"R16: a dot begins a line: {line}");
            if (line.StartsWith("From ", StringComparison.Ordinal)) Assert.Fail($"R16: a mailbox file would change: {line}");
            var soft = line.EndsWith('=');
            for (var i = 0; i < line.Length - (soft ? 1 : 0); i++)
            {
                if (line[i] is < ' ' or > '~') Assert.Fail($"R16: not encoded: {line}");
                if (line[i] != '=') { octets.Add((byte)line[i]); continue; }
                if (line.AsSpan(i + 1, 2).ContainsAnyExcept("0123456789ABCDEF")) Assert.Fail($"R16: not RFC 2045 6.7: {line}");
                octets.Add(Convert.FromHexString(line.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            if (!soft && n < lines.Length - 1) octets.AddRange("\r\n"u8);
        }
        return [.. octets];
    }

    private static byte[] DecodeBase64(string body)
    {
        foreach (var line in body.Split("\r\n"))
            if (line.Length > 76 || line.AsSpan().ContainsAnyExcept(Base64Alphabet)) Assert.Fail($"R16: {line}");
        return Convert.FromBase64String(body.Replace("\r\n", "", StringComparison.Ordinal));
    }

    private static byte[] DecodeQ(string text)
    {
        var octets = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=') { octets.Add(Convert.ToByte(text.Substring(i + 1, 2), 16)); i += 2; }
            else octets.Add(text[i] == '_' ? (byte)' ' : (byte)text[i]);
        }
        return [.. octets];
    }

    [GeneratedRegex("(?<!\r)\n|\r(?!\n)")] private static partial Regex BareLineEnd();

    [GeneratedRegex(@"\r\n([ \t])")] private static partial Regex Fold();

    [GeneratedRegex(@"=\?UTF-8\?(?<kind>[BQ])\?(?<text>[^?\s]*)\?=")] private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=\s+(=\?UTF-8\?)")] private static partial Regex BetweenWords();

    [GeneratedRegex("boundary=\"([^\"]*)\"")] private static partial Regex Boundary();

    [GeneratedRegex("^[0-9A-Za-z'()+_,./:=? -]*[0-9A-Za-z'()+_,./:=?-]$")] private static partial Regex BoundaryForm();

    public sealed record Leaf(string Type, string Disposition, string ContentId, string Encoding, byte[] Content);
}
