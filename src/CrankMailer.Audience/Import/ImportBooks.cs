using CrankMailer.Model;

namespace CrankMailer.Audience.Import;

/// <summary>Counts what became of each row, and says it.</summary>
internal sealed class ImportBooks(ImportOrder order, Action<Problem> report)
{
    private const int ShownOfAValue = 80;
    private long _rows, _added, _updated, _skipped, _rejected;

    public void Added() => Count(ref _added);

    public void Updated() => Count(ref _updated);

    public void Skipped(ImportRow row, string why)
    {
        Count(ref _skipped);
        report(new Problem(Severity.Note, "import-skipped", $"{Shown(row.Email)}: {why}", order.FileName, row.Line));
    }

    public void Rejected(ImportRow row, string why)
    {
        Count(ref _rejected);
        report(new Problem(Severity.Error, "import-rejected", row.Fault is null ? $"{Shown(row.Email)}: {why}" : why, order.FileName, row.Line));
    }

    public ImportReport Report() => new() { Rows = _rows, Added = _added, Updated = _updated, Skipped = _skipped, Rejected = _rejected, DryRun = order.DryRun };

    private void Count(ref long number)
    {
        _rows++;
        number++;
    }

    // The value comes from the file and goes to a terminal: no control characters, no endless cell.
    private static string Shown(string? value)
    {
        if (value is null) return "no address";
        var clean = new string([.. value.Take(ShownOfAValue).Select(c => char.IsControl(c) ? '�' : c)]);
        return $"'{clean}{(value.Length > ShownOfAValue ? "…" : "")}'";
    }
}
