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
        using var watch = new QuoteWatch(text);
        using var csv = CsvReader.Create(watch, new CsvReaderOptions { HasHeader = false, MaxRecordSize = MaxRecord, TrackLineNumbers = true, IncludeValuesInExceptions = false }, true);
        ImportColumns? columns = null;
        var seen = false;
        foreach (var record in Records(csv, watch))
        {
            seen = true;
            if (record.Fault is not null || record.Cells is not { } cells) yield return new ImportRow(record.Line, record.Fault);
            else if (columns is not null)
            {
                if (cells.Any(c => !string.IsNullOrWhiteSpace(c))) yield return RowOf(cells, columns, record.Line);
            }
            else
            {
                (columns, var fault) = ImportColumns.Of(cells, wanted);
                if (columns is null)
                {
                    yield return new ImportRow(1, fault);
                    yield break;
                }
            }
        }
        if (!seen) yield return new ImportRow(1, "the file is empty.");
    }

    /// <summary>The header, then the rows. The reader takes a quote that never closes for a last cell with the rest of the file in it, so each
    /// record waits until it is known not to be the last.</summary>
    private static IEnumerable<Record> Records(CsvReader csv, QuoteWatch watch)
    {
        Record? held = null;
        var before = 0;
        while (Next(csv, watch) is { } next)
        {
            if (held is not null)
            {
                yield return held;
                before = held.Line;
            }
            held = next;
            if (next.Fault is not null) break;
        }
        if (held is null) yield break;
        yield return held.Fault is null && watch.OpenedIn is { } opened && opened > before
            ? new Record(null, $"the quote opened in line {opened} is never closed: close it there, or take it out. Nothing after it was read.", (int)opened)
            : held;
    }

    /// <summary>Null at the end.</summary>
    private static Record? Next(CsvReader csv, QuoteWatch watch)
    {
        try
        {
            if (!csv.Read()) return null;
        }
        catch (CsvFormatException) // a quote that never closes swallows the rest of the file
        {
            var line = (int?)watch.OpenedIn;
            var words = line is null ? "a row is" : $"the quote opened in line {line} is not closed, so its row is";
            return new Record(null, $"{words} longer than {MaxRecord / 1024} KB. The rest of the file was not read.", line ?? (int)csv.LineNumber + 1);
        }
        var cells = new string[csv.FieldCount];
        for (var i = 0; i < cells.Length; i++) cells[i] = csv.GetString(i);
        return new Record(cells, null, (int)csv.LineNumber);
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

    private sealed record Record(string[]? Cells, string? Fault, int Line);
}
