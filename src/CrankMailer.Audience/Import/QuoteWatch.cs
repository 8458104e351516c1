namespace CrankMailer.Audience.Import;

/// <summary>Hands a CSV file on unchanged and remembers where a quoted cell was opened: the CSV reader takes one that never closes as a cell
/// that reaches to the end of the file, and says nothing.</summary>
internal sealed class QuoteWatch(TextReader inner) : TextReader
{
    private long _line = 1;
    private long _openedIn;
    private bool _quoted;
    private char _before = '\n';

    /// <summary>Line, from 1, of the quote that is open where reading stands; null where none is.</summary>
    public long? OpenedIn => _quoted ? _openedIn : null;

    public override int Peek() => inner.Peek();

    public override int Read()
    {
        var read = inner.Read();
        if (read >= 0) Look([(char)read]);
        return read;
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        var read = inner.Read(buffer);
        Look(buffer[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    // A doubled quote within a cell closes it and opens it again at once, with the cell's first line kept. Any separator may be the
    // file's: one that is not leads to a quote within an unquoted cell, which and the caller bounds that by the record's lines.
    private void Look(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c == '"')
            {
                if (_quoted) _quoted = false;
                else if (_before == '"') _quoted = true;
                else if (_before is '\n' or '\r' or ',' or ';' or '\t' or '|') (_quoted, _openedIn) = (true, _line);
            }
            else if (c == '\n' || (_before == '\r' && c != '\n')) _line++;
            _before = c;
        }
    }
}
