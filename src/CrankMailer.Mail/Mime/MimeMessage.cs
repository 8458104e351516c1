namespace CrankMailer.Mail.Mime;

/// <summary>A raw message, taken apart. Reading never fails on what a message holds: at worst it is one part of plain text.
/// The raw octets must stay as they are while this is used.</summary>
public sealed class MimeMessage
{
    private MimeMessage(MimePart root) => Root = root;

    public MimePart Root { get; }

    public MimeHeaders Headers => Root.Headers;

    public string? Subject => Headers.Find("Subject");

    /// <summary>The first plain text that is shown, of this message and not of one enclosed.</summary>
    public string? TextBody => FindShown("text/plain")?.DecodeText();

    public string? HtmlBody => FindShown("text/html")?.DecodeText();

    /// <summary>Leaves with a name or marked as attachments.</summary>
    public IEnumerable<MimePart> Attachments => Root.All().Where(part => part.Parts.Count == 0 && (part.IsAttachment || (part.FileName is not null && !part.ContentType.IsText)));

    public static MimeMessage Parse(ReadOnlyMemory<byte> raw) => Parse(raw, new MimeLimits());

    public static MimeMessage Parse(ReadOnlyMemory<byte> raw, MimeLimits limits) => new(new MimeParser(limits).Parse(raw));

    /// <summary>The part a cid: link points to.</summary>
    public MimePart? FindByContentId(string contentId) => Root.All().FirstOrDefault(part => part.ContentId == contentId);

    private MimePart? FindShown(string mediaType) => Shown(Root).FirstOrDefault(part => part.ContentType.MediaType == mediaType && !part.IsAttachment);

    private static IEnumerable<MimePart> Shown(MimePart part) =>
        part.ContentType.IsMultipart && part.Parts.Count > 0 ? part.Parts.SelectMany(Shown) : [part];
}
