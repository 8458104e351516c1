using System.Text;
using System.Text.RegularExpressions;
using CrankMailer.Mail.Mime;

namespace CrankMailer.Feedback.Reading;

/// <summary>A mail as a report reads it: its headers, its words, and the copy of our message that it returns.</summary>
internal sealed partial class Notice
{
    private readonly Lazy<IReadOnlyList<RecipientPlace>> places;

    private Notice(MimeMessage message, string words, IReadOnlyList<MimeHeaders> copies)
    {
        Message = message;
        Words = words;
        Copies = copies;
        Transcript = new Transcript(words);
        places = new Lazy<IReadOnlyList<RecipientPlace>>(() => RecipientPlaces.Find(this));
    }

    public MimeMessage Message { get; }

    public MimeHeaders Headers => Message.Headers;

    /// <summary>All text people are to read, without the returned copy; lines parted by LF.</summary>
    public string Words { get; }

    public Transcript Transcript { get; }

    /// <summary>Where the words name a recipient; the surest kind of place only.</summary>
    public IReadOnlyList<RecipientPlace> Places => places.Value;

    /// <summary>The headers of what was returned, wherever it stands: as a part, as headers alone, or pasted behind the text.</summary>
    public IReadOnlyList<MimeHeaders> Copies { get; }

    /// <summary>Who the mail was sent to: we, mostly by an address that bears a token.</summary>
    public IReadOnlyList<string> OwnAddresses => [.. Addresses("To"), .. Addresses("Delivered-To"), .. Addresses("X-Original-To"), .. Addresses("Envelope-To"), .. Addresses("X-Envelope-To")];

    public static Notice Read(MimeMessage message)
    {
        var copies = message.Root.All().Where(IsCopy).SelectMany(part => part.Parts).Select(part => part.Headers).Where(headers => headers.Count > 0).Take(ReadingLimits.Reports).ToList();
        var text = new StringBuilder();
        foreach (var part in Shown(message.Root))
        {
            if (text.Length >= ReadingLimits.Text) break;
            text.Append(Lines(part)).Append('\n');
        }
        // Where the parts cannot be told apart, because no boundary fits, the whole is read as it stands.
        if (text.ToString().AsSpan().Trim().IsEmpty) text.Append(Trim(Whole(message)));
        var words = text.Length > ReadingLimits.Text ? text.ToString(0, ReadingLimits.Text) : text.ToString();
        var (notice, pasted) = CutCopy(words);
        if (pasted is not null && MimeMessage.Parse(Encoding.UTF8.GetBytes(pasted)).Headers is { Count: > 1 } headers) copies.Add(headers);
        return new Notice(message, notice, copies);
    }

    /// <summary>The body as it stands, undecoded: for what no parser takes apart.</summary>
    public static string Whole(MimeMessage message)
    {
        var raw = message.Root.Raw.Span;
        var text = Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, 4 * ReadingLimits.Text)]).Replace("\r\n", "\n", StringComparison.Ordinal);
        var body = text.IndexOf("\n\n", StringComparison.Ordinal);
        return body < 0 ? text : text[(body + 2)..];
    }

    /// <summary>The leaves outside of what is enclosed.</summary>
    public static IEnumerable<MimePart> Leaves(MimePart part)
    {
        if (IsCopy(part)) return [];
        return part.Parts.Count == 0 ? [part] : part.Parts.SelectMany(Leaves);
    }

    public IEnumerable<string> Addresses(string header) => Headers.Where(field => field.Name.Equals(header, StringComparison.OrdinalIgnoreCase)).SelectMany(field => MailAddresses.FindAll(field.Raw));

    private static bool IsCopy(MimePart part) =>
        part.ContentType.MediaType is "message/rfc822" or "message/global" or "text/rfc822-headers" or "message/rfc822-headers";

    /// <summary>What people are to read. HTML only where nothing else is said.</summary>
    private static IEnumerable<MimePart> Shown(MimePart root)
    {
        var leaves = Leaves(root).ToList();
        var plain = leaves.Where(part => part.ContentType.MediaType.StartsWith("text/plain", StringComparison.Ordinal)).ToList();
        return plain.Count > 0 ? plain : leaves.Where(part => part.ContentType.IsText);
    }

    private static string Lines(MimePart part)
    {
        var text = part.DecodeText();
        if (text.Length > ReadingLimits.Text) text = text[..ReadingLimits.Text];
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace('\0', ' ');
        if (part.ContentType.MediaType == "text/html") text = System.Net.WebUtility.HtmlDecode(Tags().Replace(text, "\n"));
        return Trim(text);
    }

    private static string Trim(string text) => string.Join('\n', text.Split('\n').Select(line => line.Length > ReadingLimits.Line ? line[..ReadingLimits.Line] : line));

    /// <summary>Parts the notice from a copy pasted behind it: at a line that announces it, else where a block of trace headers begins.</summary>
    private static (string Notice, string? Copy) CutCopy(string words)
    {
        var cut = Announcement().Match(words);
        var end = cut.Success ? cut.Index : -1;
        var start = cut.Success ? cut.Index + cut.Length : -1;
        var block = HeaderBlock().Match(words);
        if (block.Success && (end < 0 || block.Index < end)) (end, start) = (block.Index, block.Index);
        if (end < 0) return (words, null);
        return (words[..end], words[start..].TrimStart('\n', ' ', '-', '=', '\t'));
    }

    [GeneratedRegex(@"<(?:style|script)[^>]{0,500}>[^<]{0,4000}</(?:style|script)>|<[^>]{0,1000}>", RegexOptions.IgnoreCase)]
    private static partial Regex Tags();

    // "------ This is a copy of the message", "----- Original message -----", "--- Below this line is a copy", "Message headers follow." …
    [GeneratedRegex(
        @"^[ \t>|*#=_-]{0,80}(?:(?:this|below|here|following|enclosed|included|attached)\b[^\n]{0,60}\b(?:copy|original)\b[^\n]{0,80}|(?:the )?(?:header of the )?(?:original|returned|unsent|bounced|non-delivered|undelivered)[ -](?:e-?mail|message|mail)(?: text| headers?)?(?: is)?(?: follow(?:s|ing))?[ .:]{0,3}[-=|*#]{0,80}[ \t]{0,4}|message (?:headers?|text) follows?[ .:]{0,3}[-=|*#]{0,80})$",
        RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Announcement();

    [GeneratedRegex(@"^(?:Received|Return-Path|DKIM-Signature|X-Received|X-Originating-IP)[ \t]{0,4}:[ \t]{0,4}\S", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex HeaderBlock();
}
