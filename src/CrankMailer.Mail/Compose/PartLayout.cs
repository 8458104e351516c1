using System.Security.Cryptography;
using System.Text;
using CrankMailer.Mail.Headers;

namespace CrankMailer.Mail.Compose;

/// <summary>Puts the parts in their order: mixed(alternative(text, related(html, pictures)), files), leaving out every level
/// that would hold one part only (R18, R22). Transfer encodings are chosen here, once.</summary>
internal sealed class PartLayout
{
    private readonly List<BodyStep> steps = [];
    private readonly MessageBuffer pending = new(4096);
    private readonly string boundaryStem;

    public PartLayout(IReadOnlyList<PlanSegment> text, IReadOnlyList<PlanSegment>? html, IReadOnlyList<AttachedFile> inline, IReadOnlyList<AttachedFile> attached)
    {
        boundaryStem = Stem(text, html, inline, attached);
        Node body = new TextNode("text/plain", text);
        if (html is not null)
        {
            Node page = new TextNode("text/html", html);
            if (inline.Count > 0) page = new MultiNode("related", "r", [page, .. inline.Select(file => new FileNode(file, IsInline: true))]);
            body = new MultiNode("alternative", "a", [body, page]);
        }
        if (attached.Count > 0) body = new MultiNode("mixed", "m", [body, .. attached.Select(file => new FileNode(file, IsInline: false))]);
        Append("MIME-Version: 1.0\r\n");
        TopHeaders = Headers(body);
        Content(body);
        Append("\r\n");
        Flush();
        pending.Dispose();
    }

    /// <summary>MIME-Version and the Content- headers of the whole.</summary>
    public ReadOnlyMemory<byte> TopHeaders { get; }

    public IReadOnlyList<BodyStep> Body => steps;

    private ReadOnlyMemory<byte> Headers(Node top)
    {
        PartHeaders(top);
        byte[] octets = [.. pending.WrittenSpan];
        pending.Reset();
        return octets;
    }

    private void PartHeaders(Node node)
    {
        switch (node)
        {
            case MultiNode multi:
                // RFC 2387 wants the type of the root in multipart/related.
                var type = multi.Subtype == "related" ? " type=\"text/html\";" : "";
                Append($"Content-Type: multipart/{multi.Subtype};{type}\r\n boundary=\"{Boundary(multi)}\"\r\n");
                break;
            case TextNode text:
                Append($"Content-Type: {text.Type}; charset=utf-8\r\nContent-Transfer-Encoding: {(text.IsBase64 ? "base64" : "quoted-printable")}\r\n");
                break;
            case FileNode { IsInline: true, File: var picture }:
                Append($"Content-Type: {picture.ContentType}\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <{picture.Name}>\r\nContent-Disposition: inline\r\n");
                break;
            case FileNode { File: var file }:
                Append($"Content-Type: {file.ContentType}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment;{FileNameParameter.Write(file.Name)}\r\n");
                break;
        }
    }

    private void Content(Node node)
    {
        switch (node)
        {
            case MultiNode multi:
                foreach (var child in multi.Children)
                {
                    // The line end before a boundary belongs to the boundary (RFC 2046 5.1.1).
                    Append(ReferenceEquals(child, multi.Children[0]) ? $"--{Boundary(multi)}\r\n" : $"\r\n--{Boundary(multi)}\r\n");
                    PartHeaders(child);
                    Append("\r\n");
                    Content(child);
                }
                Append($"\r\n--{Boundary(multi)}--");
                break;
            case TextNode text:
                Flush();
                steps.Add(new BodyStep.Personal(text.Program));
                break;
            case FileNode { File: var file }:
                Base64Lines.Encode(pending, file.Content.Span);
                break;
        }
    }

    /// <summary>"=_" stands in no quoted-printable or base64 line, and every part is one or the other: so the boundary occurs
    /// in none (R21, RFC 2045 6.7). Derived from the content, so that rendering is repeatable (R25).</summary>
    private string Boundary(MultiNode multi) => $"=_{multi.Mark}{boundaryStem}";

    private static string Stem(IReadOnlyList<PlanSegment> text, IReadOnlyList<PlanSegment>? html, IReadOnlyList<AttachedFile> inline, IReadOnlyList<AttachedFile> attached)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Digest(hash, text);
        Digest(hash, html ?? []);
        foreach (var file in inline.Concat(attached)) hash.AppendData(file.Content.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 12));
    }

    private static void Digest(IncrementalHash hash, IReadOnlyList<PlanSegment> segments)
    {
        foreach (var segment in segments)
        {
            if (segment is PlanSegment.Literal literal) hash.AppendData(literal.Utf8.Span);
            if (segment is not PlanSegment.Branch branch) continue;
            Digest(hash, branch.Then);
            Digest(hash, branch.Else);
        }
    }

    private void Append(string ascii) => pending.Write(Encoding.ASCII.GetBytes(ascii));

    private void Flush()
    {
        if (pending.Length > 0) steps.Add(new BodyStep.Finished(pending.WrittenSpan.ToArray()));
        pending.Reset();
    }

    private abstract record Node;

    private sealed record MultiNode(string Subtype, string Mark, IReadOnlyList<Node> Children) : Node;

    private sealed record FileNode(AttachedFile File, bool IsInline) : Node;

    private sealed record TextNode : Node
    {
        public TextNode(string type, IReadOnlyList<PlanSegment> segments)
        {
            Type = type;
            var quoted = SegmentProgram.Compile(segments, SegmentProgram.LiteralForm.QuotedPrintable);
            var base64 = SegmentProgram.Compile(segments, SegmentProgram.LiteralForm.Base64);
            // Scripts beyond Latin take more than twice the room in quoted-printable.
            IsBase64 = base64.LiteralOctets < quoted.LiteralOctets;
            Program = IsBase64 ? base64 : quoted;
        }

        public string Type { get; }

        public bool IsBase64 { get; }

        public SegmentProgram Program { get; }
    }
}
