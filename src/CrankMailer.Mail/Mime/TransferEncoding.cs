using CrankMailer.Mail.Headers;

namespace CrankMailer.Mail.Mime;

/// <summary>Content-Transfer-Encoding, decoded as tolerantly as mail programs do (RFC 2045 6).</summary>
internal static class TransferEncoding
{
    public enum Kind { Identity, QuotedPrintable, Base64 }

    public static Kind Of(MimeHeaders headers) => headers.FindRaw("Content-Transfer-Encoding")?.Trim().TrimEnd(';').ToLowerInvariant() switch
    {
        "quoted-printable" => Kind.QuotedPrintable,
        "base64" => Kind.Base64,
        _ => Kind.Identity,
    };

    public static byte[] Decode(ReadOnlySpan<byte> content, Kind kind) => kind switch
    {
        Kind.QuotedPrintable => DecodeQuotedPrintable(content),
        Kind.Base64 => DecodeBase64(content),
        _ => content.ToArray(),
    };

    /// <summary>What is no valid escape stays as it is; white space at line ends was put there on the way and is dropped.</summary>
    private static byte[] DecodeQuotedPrintable(ReadOnlySpan<byte> content)
    {
        var output = new byte[content.Length];
        var length = 0;
        for (var at = 0; at < content.Length;)
        {
            var end = content[at..].IndexOf((byte)'\n');
            var next = end < 0 ? content.Length : at + end + 1;
            var line = content[at..next].TrimEnd(" \t\r\n"u8);
            var soft = line.EndsWith("="u8);
            if (soft) line = line[..^1];
            for (var i = 0; i < line.Length; i++)
            {
                if (line[i] == '=' && i + 2 < line.Length && Hex.Value(line[i + 1]) >= 0 && Hex.Value(line[i + 2]) >= 0)
                {
                    output[length++] = (byte)(Hex.Value(line[i + 1]) << 4 | Hex.Value(line[i + 2]));
                    i += 2;
                }
                else output[length++] = line[i];
            }
            if (!soft && end >= 0)
            {
                if (content[at..next].EndsWith("\r\n"u8)) output[length++] = (byte)'\r';
                output[length++] = (byte)'\n';
            }
            at = next;
        }
        return output[..length];
    }

    /// <summary>Skips what is not of the alphabet; padding in the middle ends a group, not the content.</summary>
    private static byte[] DecodeBase64(ReadOnlySpan<byte> content)
    {
        var output = new byte[content.Length / 4 * 3 + 3];
        var length = 0;
        var bits = 0;
        var have = 0;
        foreach (var octet in content)
        {
            var value = Value(octet);
            if (value < 0)
            {
                if (octet == '=') { bits = 0; have = 0; }
                continue;
            }
            bits = (bits << 6 | value) & 0xFFFFFF;
            have += 6;
            if (have < 8) continue;
            have -= 8;
            output[length++] = (byte)(bits >> have);
        }
        return output[..length];
    }

    private static int Value(byte octet) => octet switch
    {
        >= (byte)'A' and <= (byte)'Z' => octet - 'A',
        >= (byte)'a' and <= (byte)'z' => octet - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => octet - '0' + 52,
        (byte)'+' or (byte)'-' => 62,
        (byte)'/' or (byte)'_' => 63,
        _ => -1,
    };
}
