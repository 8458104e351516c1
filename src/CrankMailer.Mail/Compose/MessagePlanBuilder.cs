using System.Buffers;
using CrankMailer.Mail.Headers;

namespace CrankMailer.Mail.Compose;

/// <summary>Collects what a message is made of and refuses what may not be sent. Everything is checked in
/// <see cref="Build"/> or where it is given, by an <see cref="ArgumentException"/> that says how to mend it.</summary>
public sealed class MessagePlanBuilder
{
    /// <summary>R15, for the part of the headers that is the same for all; leaves room for the personal ones.</summary>
    private const int MaxHeaderOctets = 400 * 1024;

    /// <summary>Besides our own; no more than a signature is made over (<see cref="Dkim.HeaderFields.Max"/>).</summary>
    private const int MaxCustom = 100;

    // R10: what the plan itself writes, and what nobody may.
    private static readonly HashSet<HeaderName> Reserved = [.. new[]
    {
        "From", "To", "Cc", "Bcc", "Subject", "Date", "Message-ID", "Reply-To", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
        "Content-Disposition", "Content-ID", "DKIM-Signature", "Return-Path", "Received",
    }.Select(HeaderName.Create)];

    private static readonly SearchValues<char> ContentIdCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_+@");

    private static readonly HeaderName FromName = HeaderName.Create("From");
    private static readonly HeaderName ReplyToName = HeaderName.Create("Reply-To");
    private static readonly HeaderName SubjectName = HeaderName.Create("Subject");

    private readonly HashSet<HeaderName> given = [];
    private readonly List<HeaderStep> custom = [];
    private readonly List<AttachedFile> inline = [];
    private readonly List<AttachedFile> attached = [];

    /// <summary>R12: exactly one, with an ASCII local part, so that every receiver can take it.</summary>
    public required Mailbox From { get; init; }

    public Mailbox? ReplyTo { get; init; }

    /// <summary>Plain text; holes need no escaping.</summary>
    public required IReadOnlyList<PlanSegment> Subject { get; init; }

    /// <summary>The plain text part; required (R18).</summary>
    public required IReadOnlyList<PlanSegment> Text { get; init; }

    /// <summary>Null for mail that is only text. Values of holes are already HTML-escaped by who gives them.</summary>
    public IReadOnlyList<PlanSegment>? Html { get; init; }

    /// <summary>A header that is the same for all. Beyond ASCII it becomes encoded words, as in a subject.</summary>
    public MessagePlanBuilder Header(string name, HeaderValue value)
    {
        using var line = new MessageBuffer(1024);
        HeaderWriter.WriteText(line, Claim(name), System.Text.Encoding.UTF8.GetBytes(value.Value));
        return Add(line);
    }

    /// <summary>A header of URIs that are the same for all, such as List-Help (RFC 2369).</summary>
    public MessagePlanBuilder Header(string name, params HeaderUri[] uris)
    {
        using var line = new MessageBuffer(1024);
        HeaderWriter.WriteTokens(line, Claim(name), System.Text.Encoding.ASCII.GetBytes(string.Join(", ", uris.Select(uri => $"<{uri}>"))));
        return Add(line);
    }

    /// <summary>A header of URIs and tokens with holes, such as List-Unsubscribe; ASCII only; left out for a recipient for
    /// whom it comes to nothing.</summary>
    public MessagePlanBuilder Header(string name, IReadOnlyList<PlanSegment> tokens)
    {
        if (!AreTokens(tokens)) throw new ArgumentException($"The header {name} may hold printable ASCII only.", nameof(tokens));
        custom.Add(new HeaderStep.Tokens(Claim(name), SegmentProgram.Compile(tokens, SegmentProgram.LiteralForm.Plain)));
        return this;
    }

    /// <summary>List-ID: "Name" &lt;id.our-domain&gt; (RFC 2919, R46).</summary>
    public MessagePlanBuilder ListId(string? name, string id)
    {
        if (id.Length is 0 or > 253 || !DomainName.TryToAscii(id, out var ascii, out _) || !ascii.Contains('.'))
            throw new ArgumentException("A List-ID is a dotted name such as weekly.example.org.", nameof(id));
        using var line = new MessageBuffer(1024);
        HeaderWriter.WriteNamedId(line, Claim("List-ID"), name, ascii);
        return Add(line);
    }

    /// <summary>A picture shown by cid: in the HTML (R22). The id is written without angle brackets.</summary>
    public MessagePlanBuilder Inline(string contentId, string mediaType, ReadOnlyMemory<byte> content)
    {
        if (contentId.Length is 0 or > 60 || contentId.AsSpan().ContainsAnyExcept(ContentIdCharacters))
            throw new ArgumentException("A content id has 1 to 60 letters, digits and . - _ + @, so that it stands in a cid: link as it is.", nameof(contentId));
        if (inline.Exists(file => file.Name == contentId)) throw new ArgumentException("The content id is used twice.", nameof(contentId));
        var picture = AttachedFile.Create(contentId, mediaType, content);
        if (!picture.Type.Value.StartsWith("image/", StringComparison.Ordinal)) throw new ArgumentException($"Only pictures can be shown inside the HTML; attach a {picture.Type} as a file.", nameof(mediaType));
        inline.Add(picture);
        return this;
    }

    /// <summary>A file beside the text. A text file must be UTF-8 (R19).</summary>
    public MessagePlanBuilder Attach(string fileName, string mediaType, ReadOnlyMemory<byte> content)
    {
        if (fileName.Length is 0 or > 200 || HeaderText.HasControl(fileName) || fileName.AsSpan().ContainsAny('/', '\\'))
            throw new ArgumentException("A file name has 1 to 200 characters, no slash and no control character.", nameof(fileName));
        attached.Add(AttachedFile.Create(fileName, mediaType, content));
        return this;
    }

    public MessagePlan Build()
    {
        if (From.Address.NeedsSmtpUtf8 || ReplyTo is { Address.NeedsSmtpUtf8: true })
            throw new ArgumentException("The sender's and the reply address need an ASCII part before the @: not every receiver knows SMTPUTF8.");
        if (Text.Count == 0) throw new ArgumentException("The plain text part is missing.");
        if (Html is { Count: 0 }) throw new ArgumentException("The HTML part is empty. For mail that is only text, give none.");
        if (Html is null && inline.Count > 0) throw new ArgumentException("Inline pictures need an HTML part.");
        var parts = new PartLayout(Text, Html, inline, attached);
        return new MessagePlan(Join([.. Own(), .. custom, new HeaderStep.Finished(parts.TopHeaders)]), parts.Body);
    }

    private static bool AreTokens(IReadOnlyList<PlanSegment> tokens) => tokens.All(segment => segment switch
    {
        PlanSegment.Literal literal => HeaderText.IsPrintableAscii(literal.Utf8.Span),
        PlanSegment.Branch branch => AreTokens(branch.Then) && AreTokens(branch.Else),
        _ => true,
    });

    private IEnumerable<HeaderStep> Own()
    {
        yield return Mailbox(FromName, From);
        yield return new HeaderStep.Stamp();
        if (ReplyTo is not null) yield return Mailbox(ReplyToName, ReplyTo);
        yield return new HeaderStep.Text(SubjectName, SegmentProgram.Compile(Subject, SegmentProgram.LiteralForm.Plain));
    }

    private static HeaderStep.Finished Mailbox(HeaderName name, Mailbox mailbox)
    {
        using var line = new MessageBuffer(1024);
        HeaderWriter.WriteMailbox(line, name, mailbox);
        return new HeaderStep.Finished(line.WrittenSpan.ToArray());
    }

    /// <summary>Neighbours that are the same for all become one copy.</summary>
    private static List<HeaderStep> Join(IEnumerable<HeaderStep> steps)
    {
        var joined = new List<HeaderStep>();
        var finished = 0;
        foreach (var step in steps)
        {
            if (step is HeaderStep.Finished { Octets: var more })
            {
                finished += more.Length;
                if (joined.Count > 0 && joined[^1] is HeaderStep.Finished { Octets: var before })
                {
                    joined[^1] = new HeaderStep.Finished((byte[])[.. before.Span, .. more.Span]);
                    continue;
                }
            }
            joined.Add(step);
        }
        return finished <= MaxHeaderOctets ? joined : throw new ArgumentException($"The headers are longer than {MaxHeaderOctets} octets.");
    }

    private HeaderName Claim(string text)
    {
        var name = HeaderName.Create(text);
        if (Reserved.Contains(name)) throw new ArgumentException($"The header {name} is written by the plan itself.", nameof(text));
        if (given.Count == MaxCustom) throw new ArgumentException($"A message has at most {MaxCustom} headers besides its own.", nameof(text));
        return given.Add(name) ? name : throw new ArgumentException($"The header {name} is given twice.", nameof(text));
    }

    private MessagePlanBuilder Add(MessageBuffer line)
    {
        custom.Add(new HeaderStep.Finished(line.WrittenSpan.ToArray()));
        return this;
    }
}
