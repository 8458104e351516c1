namespace CrankMailer.Mail.Mime;

/// <summary>A part of a message: a leaf with content, or a node with parts (multipart, an enclosed message).</summary>
public sealed class MimePart
{
    private readonly ReadOnlyMemory<byte> body;

    internal MimePart(MimeHeaders headers, MimeContentType type, ReadOnlyMemory<byte> raw, ReadOnlyMemory<byte> body, IReadOnlyList<MimePart> parts)
    {
        (Headers, ContentType, Raw, Parts) = (headers, type, raw, parts);
        this.body = body;
    }

    public MimeHeaders Headers { get; }

    public MimeContentType ContentType { get; }

    /// <summary>Headers and body as they came.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>Empty for a leaf; one for an enclosed message or its headers.</summary>
    public IReadOnlyList<MimePart> Parts { get; }

    public bool IsAttachment => Disposition.Value.Equals("attachment", StringComparison.OrdinalIgnoreCase);

    public string? FileName => Disposition.Parameters.Find("filename") ?? ContentType.Parameter("name");

    /// <summary>Without angle brackets.</summary>
    public string? ContentId => Headers.FindRaw("Content-ID")?.Trim().Trim('<', '>');

    private (string Value, MimeParameters Parameters) Disposition => MimeParameters.Parse(Headers.FindRaw("Content-Disposition") ?? "");

    /// <summary>The content, transfer encoding undone.</summary>
    public byte[] DecodeContent() => TransferEncoding.Decode(body.Span, TransferEncoding.Of(Headers));

    /// <summary>The content as text, by its charset or the best guess.</summary>
    public string DecodeText() => Charset.Decode(DecodeContent(), ContentType.Parameter("charset"));

    /// <summary>This part and all within, depth first, an enclosed message's parts too.</summary>
    public IEnumerable<MimePart> All()
    {
        yield return this;
        foreach (var part in Parts)
            foreach (var inner in part.All()) yield return inner;
    }
}
