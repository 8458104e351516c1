using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace CrankMailer.Tests.Authoring;

/// <summary>A .docx made paragraph by paragraph, as a word processor would store it.</summary>
internal sealed class WordDraft
{
    private readonly MemoryStream stream = new();
    private readonly WordprocessingDocument document;
    private readonly MainDocumentPart part;
    private readonly Body body = new();

    public WordDraft()
    {
        document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document);
        part = document.AddMainDocumentPart();
        part.Document = new Document(body);
        part.AddNewPart<StyleDefinitionsPart>().Styles = new Styles(
            new Style(new StyleName { Val = "heading 2" }) { StyleId = "berschrift2", Type = StyleValues.Paragraph },
            new Style(new StyleName { Val = "Title" }) { StyleId = "Titel", Type = StyleValues.Paragraph });
    }

    public WordDraft Paragraph(params OpenXmlElement[] runs)
    {
        body.Append(new Paragraph(runs));
        return this;
    }

    public WordDraft Styled(string style, string text)
    {
        body.Append(new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = style }), Text(text)));
        return this;
    }

    public WordDraft Item(params OpenXmlElement[] runs)
    {
        body.Append(new Paragraph([new ParagraphProperties(new NumberingProperties(new NumberingLevelReference { Val = 0 }, new NumberingId { Val = 3 })), .. runs]));
        return this;
    }

    public static Run Text(string text) => new(new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    public static Run Bold(string text) => new(new RunProperties(new Bold()), new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    public static Run Italic(string text) => new(new RunProperties(new Italic()), new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    public static DeletedRun Deleted(string text) => new(new Run(new DeletedText(text))) { Author = "A", Id = "1" };

    public Hyperlink Link(string text, string url) => new(Text(text)) { Id = part.AddHyperlinkRelationship(new Uri(url), isExternal: true).Id };

    public MemoryStream Save()
    {
        document.Dispose();
        return new MemoryStream(stream.ToArray());
    }
}
