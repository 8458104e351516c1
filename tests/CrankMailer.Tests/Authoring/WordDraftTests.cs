using System.IO.Compression;
using CrankMailer.Authoring.Drafts;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using static CrankMailer.Tests.Authoring.WordDraft;

namespace CrankMailer.Tests.Authoring;

public sealed class WordDraftTests
{
    [Fact]
    public void Headings_lists_links_and_emphasis_of_a_document_become_the_issue()
    {
        var draft = new WordDraft();
        draft.Styled("Titel", "Harbor Brief | June 2031").Paragraph(Text("A review of "), Italic("ports"), Text(" and cables."))
            .Styled("berschrift2", "June 2031 Highlights")
            .Paragraph(Bold("Pier opens")).Paragraph(Text("It is "), Bold("long"), Text(", says "), draft.Link("the Gazette", "https://gazette.example/a"), Text(".")).Paragraph(Text("Nobody "), Deleted("ever "), Text("came."))
            .Styled("berschrift2", "Links")
            .Item(Text("Ducks again. ("), draft.Link("Quay Gazette", "https://gazette.example/1"), Text(", Reach Radio)"))
            .Paragraph(Text("Editor, Anna Vesterby ("), draft.Link("anna@harbor.example", "mailto:anna@harbor.example"), Text(")"));
        var imported = DraftImporter.Import(draft.Save(), "draft.docx", null);
        var issue = imported.Issue!;
        Assert.Equal(("Harbor Brief | June 2031", "2031-06", "A review of *ports* and cables."), (issue.Title, issue.Period, issue.Intro));
        var story = Assert.Single(Assert.IsType<StoriesSection>(issue.Sections[0]).Stories);
        Assert.Equal(("Pier opens", "It is **long**, says [the Gazette](https://gazette.example/a).\n\nNobody came."), (story.Headline, story.Body));
        var brief = Assert.Single(Assert.IsType<BriefsSection>(issue.Sections[1]).Items);
        Assert.Equal(("Ducks again.", "https://gazette.example/1", null), (brief.Text, brief.Sources[0].Url, brief.Sources[1].Url));
        Assert.Equal("anna@harbor.example", Assert.Single(issue.Masthead).Email);
        Assert.Contains(imported.Report, p => p.Text.Contains("ever", StringComparison.Ordinal));
    }

    [Fact]
    public void A_document_that_unpacks_to_gigabytes_is_refused_before_it_is_read()
    {
        using var bomb = new MemoryStream();
        using (var zip = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("word/document.xml", CompressionLevel.Fastest).Open();
            var zeros = new byte[1 << 20];
            for (var n = 0; n < 130; n++) entry.Write(zeros);
        }
        bomb.Position = 0;
        AssertRefused(bomb, "bomb.docx", "100 MB");
    }

    [Fact]
    public void What_is_no_document_is_refused_with_what_to_do_instead()
    {
        AssertRefused(new MemoryStream([(byte)'P', (byte)'K', 3, 4, 0, 0]), "broken.docx", "save it");
        AssertRefused(new MemoryStream("no zip at all"u8.ToArray()), "text.docx", "no Word document");
        AssertRefused(new MemoryStream([0xD0, 0xCF, 0x11, 0xE0, 1]), "old.doc", ".docx");
        AssertRefused(new MemoryStream("%PDF-1.7"u8.ToArray()), "x.pdf", "PDF");
        AssertRefused(new MemoryStream("{\\rtf1 x}"u8.ToArray()), "x.rtf", ".rtf");
        AssertRefused(new MemoryStream([1, 0, 2, 0, 3]), "x.bin", "no text");
        using var empty = new MemoryStream();
        using (new ZipArchive(empty, ZipArchiveMode.Create, leaveOpen: true)) { }
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true)) archive.CreateEntry("readme.txt");
        zip.Position = 0;
        AssertRefused(zip, "any.zip", "no");
    }

    private static void AssertRefused(Stream draft, string name, string says)
    {
        var imported = DraftImporter.Import(draft, name, null);
        Assert.Null(imported.Issue);
        Assert.Contains(imported.Report, p => p.Severity == Severity.Error && p.Text.Contains(says, StringComparison.Ordinal));
    }
}
