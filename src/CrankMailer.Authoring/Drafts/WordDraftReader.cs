using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace CrankMailer.Authoring.Drafts;

/// <summary>A .docx document: headings by style, lists, hyperlinks, bold and italic. Deleted text and comments are left out, pictures are named.</summary>
internal sealed class WordDraftReader
{
    private const int MostEntries = 5_000;
    private const long LargestUnpacked = 100L * 1024 * 1024;

    private readonly List<DraftLine> lines = [];
    private readonly DraftReport report;
    private readonly MainDocumentPart part;
    private InlineBuilder inline = new();

    private WordDraftReader(MainDocumentPart part, DraftReport report)
    {
        this.part = part;
        this.report = report;
    }

    /// <summary>Null when the file is no document we can read; the report then says why.</summary>
    public static List<DraftLine>? Read(Stream stream, DraftReport report)
    {
        try
        {
            if (!IsTame(stream, report)) return null;
            using var document = WordprocessingDocument.Open(stream, isEditable: false, new OpenSettings { MaxCharactersInPart = LargestUnpacked });
            if (document.MainDocumentPart is not { Document.Body: { } body } part) return Refuse(report, "The Word document has no text.");
            var reader = new WordDraftReader(part, report);
            reader.Walk(body);
            return reader.lines;
        }
        catch (Exception e) when (e is OpenXmlPackageException or InvalidDataException or FileFormatException or XmlException or UriFormatException or InvalidOperationException)
        {
            return Refuse(report, "This is no Word document (.docx) we can read: open it in the word processor and save it again, or save it as text.");
        }
    }

    /// <summary>A zip of a few kilobytes can unpack to gigabytes: the real sizes are counted before anything is read into memory.</summary>
    private static bool IsTame(Stream stream, DraftReport report)
    {
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true))
        {
            long left = LargestUnpacked;
            var buffer = new byte[81920];
            if (zip.Entries.Count > MostEntries) left = -1;
            foreach (var entry in zip.Entries.TakeWhile(_ => left >= 0))
            {
                using var content = entry.Open();
                for (int read; left >= 0 && (read = content.Read(buffer)) > 0;) left -= read;
            }
            if (left < 0) return Refuse(report, $"The Word document unpacks to more than {LargestUnpacked / 1024 / 1024} MB or {MostEntries} files: take the pictures out and save it again.") is not null;
        }
        stream.Position = 0;
        return true;
    }

    private static List<DraftLine>? Refuse(DraftReport report, string why)
    {
        report.Error(why);
        return null;
    }

    private void Walk(OpenXmlElement parent)
    {
        foreach (var child in parent.ChildElements)
            if (child is Paragraph paragraph) ReadParagraph(paragraph);
            else Walk(child); // tables, content controls: their paragraphs in reading order
    }

    private void ReadParagraph(Paragraph paragraph)
    {
        ReadRuns(paragraph, null);
        Flush(paragraph);
    }

    private void ReadRuns(OpenXmlElement parent, Paragraph? owner)
    {
        var paragraph = owner ?? (Paragraph)parent;
        foreach (var child in parent.ChildElements)
            switch (child)
            {
                case Run run: ReadRun(run, paragraph); break;
                case Hyperlink link when Address(link) is { } url: inline.Link(url, () => ReadRuns(link, paragraph)); break;
                case DeletedRun deleted: report.Note("dropped", $"Left out of the issue (deleted in the document): “{deleted.Descendants<DeletedText>().Aggregate("", (a, t) => a + t.Text)}”", lines.Count + 1); break;
                case ParagraphProperties: break;
                default: ReadRuns(child, paragraph); break;
            }
    }

    private void ReadRun(Run run, Paragraph paragraph)
    {
        Marked(run, "**", IsOn(run.RunProperties?.Bold), () => Marked(run, "*", IsOn(run.RunProperties?.Italic), () =>
        {
            foreach (var child in run.ChildElements)
                switch (child)
                {
                    case Text text: inline.Text(text.Text); break;
                    case TabChar: inline.Text(" "); break;
                    case NoBreakHyphen: inline.Text("\u2011"); break;
                    case Break { Type: null } or Break { Type.InnerText: "textWrapping" } or CarriageReturn: Flush(paragraph); break;
                    case FootnoteReference note: Footnote(note); break;
                    case Drawing drawing: Picture(drawing); break;
                }
        }));
    }

    private void Marked(Run run, string mark, bool on, Action inside)
    {
        if (on) inline.Marked(mark, inside);
        else inside();
    }

    private void Footnote(FootnoteReference reference)
    {
        var note = part.FootnotesPart?.Footnotes?.Elements<Footnote>().FirstOrDefault(f => f.Id?.Value == reference.Id?.Value);
        if (note is not null) report.Warn("dropped", $"Left out of the issue (footnote): “{DraftText.Clean(note.InnerText)}”", lines.Count + 1);
    }

    private void Picture(Drawing drawing)
    {
        var properties = drawing.Descendants<DocumentFormat.OpenXml.Drawing.Wordprocessing.DocProperties>().FirstOrDefault();
        var alt = DraftText.Clean(properties?.Description?.Value ?? "");
        report.Warn("picture", $"A picture is inside the document and was left out{(alt.Length > 0 ? $" (“{alt}”)" : "")}: save it as a file and add it.", lines.Count + 1);
    }

    private string? Address(Hyperlink link)
    {
        if (link.Id?.Value is not { } id || part.HyperlinkRelationships.FirstOrDefault(r => r.Id == id) is not { } relation) return null;
        var uri = relation.Uri;
        return uri.IsAbsoluteUri && uri.Scheme is ("http" or "https" or "mailto") ? DraftText.NoHolesInAddress(uri.OriginalString) : null;
    }

    private void Flush(Paragraph paragraph)
    {
        var (markdown, plain, strong) = inline.Take();
        if (plain.Length == 0) return;
        var number = lines.Count + 1;
        if (HeadingLevel(paragraph) is { } level) lines.Add(new DraftLine(DraftLineKind.Heading, markdown, plain, number, level));
        else if (IsItem(paragraph)) lines.Add(new DraftLine(DraftLineKind.Item, markdown, plain, number));
        else if (TextDraftReader.Line(plain, number) is { Kind: DraftLineKind.Item } typed && markdown.StartsWith(plain[..1], StringComparison.Ordinal))
            lines.Add(typed with { Markdown = markdown[1..].TrimStart(' ', '\u00A0', '-') });
        else lines.Add(new DraftLine(DraftLineKind.Text, markdown, plain, number) { IsStrong = strong });
    }

    /// <summary>By the style's outline level, else by its name or id ("Heading 2", "Title"), which word processors keep in English.</summary>
    private int? HeadingLevel(Paragraph paragraph)
    {
        if (paragraph.ParagraphProperties?.OutlineLevel?.Val?.Value is { } own and < 6) return own + 1;
        if (paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value is not { } id) return null;
        var style = part.StyleDefinitionsPart?.Styles?.Elements<Style>().FirstOrDefault(s => s.StyleId?.Value == id);
        if (style?.StyleParagraphProperties?.OutlineLevel?.Val?.Value is { } outline and < 6) return outline + 1;
        var name = (style?.StyleName?.Val?.Value ?? id).Replace(" ", "").ToLowerInvariant();
        return name == "title" ? 1 : name.StartsWith("heading", StringComparison.Ordinal) && name is [.., >= '1' and <= '6' and var digit] ? digit - '0' : null;
    }

    private bool IsItem(Paragraph paragraph)
    {
        if (paragraph.ParagraphProperties?.NumberingProperties is { NumberingId.Val.Value: var number }) return number != 0;
        var id = paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value;
        var style = id is null ? null : part.StyleDefinitionsPart?.Styles?.Elements<Style>().FirstOrDefault(s => s.StyleId?.Value == id);
        return style?.StyleParagraphProperties?.NumberingProperties is not null || id?.StartsWith("ListBullet", StringComparison.Ordinal) == true;
    }

    private static bool IsOn(OnOffType? toggle) => toggle is not null && (toggle.Val?.Value ?? true);
}
