using System.Text;
using CrankMailer.Authoring.Markdown;
using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Drafts;

/// <summary>From a draft, in the forms editors paste, to an issue. Touches no database, and never the file's name but for its ending.</summary>
public static class DraftImporter
{
    private const int LargestDraft = 20 * 1024 * 1024;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="draft">Read to its end, not closed.</param>
    /// <param name="fileName">Its ending tells the format; printed in the report. <c>-</c> for standard input.</param>
    /// <param name="publication">What its furniture is compared with and a missing title is made from; null when not known.</param>
    public static ImportedDraft Import(Stream draft, string fileName, Publication? publication)
    {
        var report = new DraftReport(fileName);
        if (Load(draft) is not { } bytes)
        {
            report.Error($"The draft is larger than {LargestDraft / 1024 / 1024} MB: take the pictures out of it.");
            return new ImportedDraft(null, report.Problems, null);
        }
        if (DraftFormats.Refusal(bytes, fileName) is { } refusal)
        {
            report.Error(refusal);
            return new ImportedDraft(null, report.Problems, null);
        }
        if (DraftFormats.IsZip(bytes)) return ImportWord(bytes, publication, report);
        var text = Decode(bytes, report);
        return Import(text, fileName, DraftFormats.Of(text, fileName), publication, report);
    }

    /// <inheritdoc cref="Import(Stream, string, Publication?)"/>
    /// <param name="format">Null to find it out from the name's ending and the text.</param>
    public static ImportedDraft Import(string draft, string fileName, DraftFormat? format, Publication? publication)
    {
        var report = new DraftReport(fileName);
        if (format == DraftFormat.Word)
        {
            report.Error("A Word document is not text: hand it over as a file.");
            return new ImportedDraft(null, report.Problems, null);
        }
        return Import(draft, fileName, format ?? DraftFormats.Of(draft, fileName), publication, report);
    }

    private static ImportedDraft Import(string text, string fileName, DraftFormat format, Publication? publication, DraftReport report)
    {
        text = text.TrimStart('\uFEFF');
        if (format == DraftFormat.Markdown && Path.GetExtension(report.File).Equals(".txt", StringComparison.OrdinalIgnoreCase))
            report.Note("read-as-markdown", "The headings are marked with #, so the draft was read as Markdown.");
        if (format == DraftFormat.Markdown && FrontMatter.Split(text.ReplaceLineEndings("\n")).Yaml is not null)
        {
            var (issue, problems) = IssueMarkdown.Read(text, fileName);
            return new ImportedDraft(issue, problems, null);
        }
        return Interpret(() => format switch
        {
            DraftFormat.Markdown => MarkdownDraftReader.Read(text),
            DraftFormat.Html => HtmlDraftReader.Read(text, report),
            _ => TextDraftReader.Read(text),
        }, publication, report);
    }

    private static ImportedDraft ImportWord(byte[] bytes, Publication? publication, DraftReport report)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        return Interpret(() => WordDraftReader.Read(stream, report), publication, report);
    }

    private static ImportedDraft Interpret(Func<List<DraftLine>?> read, Publication? publication, DraftReport report)
    {
        try
        {
            if (read() is not { } lines) return new ImportedDraft(null, report.Problems, null);
            if (lines.Count == 0) report.Warn("empty-draft", "The draft holds no text.");
            var (issue, furniture) = new DraftInterpreter(report, publication).Read(lines);
            if (furniture is not null && publication is not null) FurnitureComparison.Compare(furniture, publication, report);
            return new ImportedDraft(IssueCanonical.Of(issue), report.Problems, furniture);
        }
        catch (ProblemException e)
        {
            report.Add(e.Problems);
            return new ImportedDraft(null, report.Problems, null);
        }
    }

    private static byte[]? Load(Stream draft)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = draft.Read(buffer)) > 0;)
        {
            copy.Write(buffer, 0, read);
            if (copy.Length > LargestDraft) return null;
        }
        return copy.ToArray();
    }

    /// <summary>UTF-8, UTF-16 by its mark; what is neither was most likely saved by an old Windows program.</summary>
    private static string Decode(byte[] bytes, DraftReport report)
    {
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2);
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2);
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            report.Guess("The draft is not UTF-8 and was read as Windows-1252: look at accents and quotes, or save it as UTF-8.");
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)?.GetString(bytes) ?? Encoding.Latin1.GetString(bytes);
        }
    }
}
