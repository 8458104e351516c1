using System.Text;
using CsvHelper;

namespace CrankMailer.Audience.Import;

/// <summary>Reads CSV as people have it: any separator of <c>, ; TAB |</c>, any line ends, UTF-8, UTF-16 or Latin-1. Streams; one row at a time.</summary>
internal static class CsvRows
{
    private const int MaxRecord = 256 * 1024;
    private const int SniffedBytes = 64 * 1024;

    public static IEnumerable<ImportRow> Read(Stream file, IReadOnlyDictionary<string, string> wanted)
    {
        using var text = new StreamReader(file, EncodingOf(file), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        using var csv = CsvReader.Create(text, new CsvReaderOptions { HasHeader = false, MaxRecordSize = MaxRecord, TrackLineNumbers = true, IncludeValuesInExceptions = false }, true);
        var (header, headFault) = Next(csv);
        var (columns, fault) = header is null ? (null, headFault ?? "the file is empty.") : ImportColumns.Of(header, wanted);
        if (columns is null)
        {
            yield return new ImportRow(1, fault);
            yield break;
        }
        while (true)
        {
            var (cells, bad) = Next(csv);
            if (bad is not null) yield return new ImportRow((int)csv.LineNumber + 1, bad);
            if (cells is null) yield break;
            if (cells.Any(c => !string.IsNullOrWhiteSpace(c))) yield return RowOf(cells, columns, (int)csv.LineNumber);
        }
    }

    /// <summary>The cells of the next record; neither cells nor fault at the end.</summary>
    private static (string[]? Cells, string? Fault) Next(CsvReader csv)
    {
        try
        {
            if (!csv.Read()) return (null, null);
        }
        catch (CsvFormatException) // a quote that never closes swallows the rest of the file
        {
            return (null, $"a row is longer than {MaxRecord / 1024} KB: is a quotation mark left open here? The rest of the file was not read.");
        }
        var cells = new string[csv.FieldCount];
        for (var i = 0; i < cells.Length; i++) cells[i] = csv.GetString(i);
        return (cells, null);
    }

    private static ImportRow RowOf(string[] cells, ImportColumns columns, int line)
    {
        string? Cell(string field) => columns.Cell(cells, field);
        return new ImportRow(line)
        {
            Email = Cell("email"), Name = Cell("name"), FirstName = Cell("first_name"), LastName = Cell("last_name"), Lang = Cell("lang"),
            TimeZone = Cell("time_zone"), List = Cell("list"), Attributes = Cell("attributes"), State = StateOf(columns, cells),
            ConsentAt = ImportColumns.Instant(Cell("consent_at")),
        };
    }

    // Mailchimp says it by the file's own columns, Substack and Ghost by a flag, listmonk and we by a word.
    private static ImportedState StateOf(ImportColumns columns, string[] cells)
    {
        if (columns.Has("cleaned_at") || columns.Cell(cells, "email_disabled") is "true") return ImportedState.Suppressed;
        if (columns.Has("left_at") || columns.Cell(cells, "subscribed") is "false") return ImportedState.Left;
        return ImportStates.Of(columns.Cell(cells, "state"));
    }

    private static Encoding EncodingOf(Stream file)
    {
        if (!file.CanSeek) return Encoding.UTF8;
        var start = file.Position;
        var bytes = new byte[SniffedBytes];
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        file.Position = start;
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        try
        {
            strict.GetCharCount(bytes, 0, read, flush: false); // a character cut at the end of the sample is no fault
            return Encoding.UTF8;
        }
        catch (DecoderFallbackException)
        {
            return bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] ? Encoding.UTF8 : Encoding.Latin1; // a byte order mark decides in the reader
        }
    }
}
