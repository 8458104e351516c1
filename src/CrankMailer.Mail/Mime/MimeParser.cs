using System.Text;

namespace CrankMailer.Mail.Mime;

/// <summary>Takes a raw message apart. Tolerant as real mail needs: any line ends, missing boundaries, headers without colon.
/// Contents stay where they are in the raw octets and are decoded only when asked for.</summary>
internal sealed class MimeParser(MimeLimits limits)
{
    private int parts;

    /// <summary>Octets that may still be decoded for messages enclosed in an encoding. Without it each level of a hostile one costs a copy of the whole.</summary>
    private long decodable;

    public MimePart Parse(ReadOnlyMemory<byte> raw)
    {
        decodable = 2L * raw.Length;
        var message = Normalize(raw);
        // A mailbox file puts a line "From sender date" in front.
        if (message.Span.StartsWith("From "u8) || message.Span.StartsWith(">From "u8))
        {
            var lines = new LineReader(message.Span);
            lines.TryRead(out _);
            message = message[lines.Position..];
        }
        return ParsePart(message, "text/plain", 0);
    }

    /// <summary>UTF-8 mark and CR-only line ends, both seen in stored bounces.</summary>
    private static ReadOnlyMemory<byte> Normalize(ReadOnlyMemory<byte> raw)
    {
        if (raw.Span.StartsWith("\uFEFF"u8)) raw = raw[3..];
        if (raw.Span.Contains((byte)'\n') || !raw.Span.Contains((byte)'\r')) return raw;
        var turned = raw.ToArray();
        turned.AsSpan().Replace((byte)'\r', (byte)'\n');
        return turned;
    }

    private MimePart ParsePart(ReadOnlyMemory<byte> octets, string defaultType, int depth)
    {
        parts++;
        var headers = ReadHeaders(octets.Span, out var bodyStart);
        var body = octets[bodyStart..];
        var type = MimeContentType.Parse(headers.FindRaw("Content-Type") ?? defaultType, defaultType);
        var children = depth < limits.Depth ? FindChildren(type, headers, body, depth) : [];
        return new MimePart(headers, type, octets, body, children);
    }

    private IReadOnlyList<MimePart> FindChildren(MimeContentType type, MimeHeaders headers, ReadOnlyMemory<byte> body, int depth)
    {
        if (type.IsMultipart && type.Parameter("boundary") is { Length: > 0 } boundary)
        {
            var inner = type.MediaType == "multipart/digest" ? "message/rfc822" : "text/plain";
            var found = new List<MimePart>();
            foreach (var range in Split(body.Span, boundary, limits.Parts))
            {
                if (parts >= limits.Parts) break;
                found.Add(ParsePart(body[range], inner, depth + 1));
            }
            return found;
        }
        if (type.MediaType is "message/rfc822" or "message/global" or "text/rfc822-headers" or "message/rfc822-headers" && parts < limits.Parts)
        {
            // RFC 2046 5.2.1 forbids to encode it; some servers do.
            var encoding = TransferEncoding.Of(headers);
            if (encoding == TransferEncoding.Kind.Identity) return [ParsePart(body, "text/plain", depth + 1)];
            if ((decodable -= body.Length) >= 0) return [ParsePart(TransferEncoding.Decode(body.Span, encoding), "text/plain", depth + 1)];
        }
        return [];
    }

    private MimeHeaders ReadHeaders(ReadOnlySpan<byte> octets, out int bodyStart)
    {
        var fields = new List<MimeHeader>();
        var lines = new LineReader(octets);
        var value = new List<byte>();
        string? name = null;
        bodyStart = 0;
        while (lines.TryRead(out var line))
        {
            var blank = line.Trim(" \t"u8).IsEmpty;
            if (blank) { bodyStart = lines.Position; break; }
            if (line[0] is (byte)' ' or (byte)'\t')
            {
                if (name is not null) Append(value, line);
            }
            else
            {
                Close(fields, ref name, value);
                var colon = line.IndexOf((byte)':');
                if (colon <= 0 || colon > limits.HeaderOctets || line[..colon].TrimEnd(" \t"u8).ContainsAnyExceptInRange((byte)'!', (byte)'~'))
                {
                    // No header: where there was none before, the whole is a body; in between it is a line to overlook.
                    if (fields.Count == 0) return new MimeHeaders([]);
                }
                else if (fields.Count < limits.Headers)
                {
                    name = Encoding.ASCII.GetString(line[..colon].TrimEnd(" \t"u8));
                    Append(value, line[(colon + 1)..]);
                }
            }
            bodyStart = lines.Position;
        }
        Close(fields, ref name, value);
        return new MimeHeaders(fields);
    }

    /// <summary>As much as is kept: a line may be as long as the message.</summary>
    private void Append(List<byte> value, ReadOnlySpan<byte> line) => value.AddRange(line[..Math.Min(line.Length, limits.HeaderOctets - value.Count)]);

    private void Close(List<MimeHeader> fields, ref string? name, List<byte> value)
    {
        if (name is not null) fields.Add(new MimeHeader(name, Charset.Guess(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(value)).Trim()));
        name = null;
        value.Clear();
    }

    /// <summary>The parts between the boundary lines, without the line end before each, which belongs to it (RFC 2046 5.1.1).
    /// Without a closing line the last part goes to the end.</summary>
    private static List<Range> Split(ReadOnlySpan<byte> body, string boundary, int most)
    {
        var delimiter = Encoding.UTF8.GetBytes("--" + boundary);
        var found = new List<Range>();
        var lines = new LineReader(body);
        var partStart = -1;
        while (true)
        {
            var lineStart = lines.Position;
            if (!lines.TryRead(out var line)) break;
            if (!line.StartsWith(delimiter)) continue;
            var tail = line[delimiter.Length..].TrimEnd(" \t"u8);
            var closes = tail.SequenceEqual("--"u8);
            if (!tail.IsEmpty && !closes) continue;
            if (partStart >= 0) found.Add(partStart..Math.Max(partStart, WithoutLineEnd(body, lineStart)));
            partStart = closes ? -1 : lines.Position;
            if (closes || found.Count >= most) break;
        }
        if (partStart >= 0 && partStart < body.Length) found.Add(partStart..body.Length);
        return found;
    }

    private static int WithoutLineEnd(ReadOnlySpan<byte> body, int end)
    {
        if (end > 0 && body[end - 1] == '\n') end--;
        if (end > 0 && body[end - 1] == '\r') end--;
        return end;
    }
}
