using System.Diagnostics;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Audience.Import;

/// <summary>
/// Brings people in from a file (R167): streamed, in short transactions, each row answered for. What it can never do: lift a suppression, or
/// bring back somebody who left.
/// </summary>
public sealed class SubscriberImport(IDbContextFactory<CrankDb> databases, AddressHashers hashers, TimeProvider clock, ILogger<SubscriberImport> log)
{
    private const int FirstChunk = 200;
    private const int LargestChunk = 2000;

    // A writer on SQLite locks out all others; design §3 allows 250 ms, half of which is left for slower moments.
    private static readonly TimeSpan Target = TimeSpan.FromMilliseconds(120);

    /// <param name="file">CSV, or JSON lines where the order's file name ends in .jsonl, .ndjson or .json. Read once, never held whole.</param>
    /// <param name="report">Gets one problem for every row that was rejected or skipped, in the order of the file.</param>
    /// <param name="progress">Gets the counts after every chunk.</param>
    public async Task<ImportReport> RunAsync(Stream file, ImportOrder order, Action<Problem> report, IProgress<ImportReport>? progress, CancellationToken ct)
    {
        if (await FindListsAsync(order, report, ct) is not { } lists) return new ImportReport { Refused = true };
        var books = new ImportBooks(order, report);
        var size = FirstChunk;
        using var rows = RowsOf(file, order).GetEnumerator();
        while (Take(rows, size) is { Count: > 0 } chunk)
        {
            ct.ThrowIfCancellationRequested();
            var started = Stopwatch.GetTimestamp();
            await WriteAsync(chunk, lists, order, books, ct);
            progress?.Report(books.Report());
            var factor = Math.Clamp(Target / Stopwatch.GetElapsedTime(started), 0.3, 2.0);
            size = Math.Clamp((int)(size * factor), 20, LargestChunk);
        }
        var done = books.Report();
        if (!order.DryRun) log.Imported(order.FileName, done.Added, done.Updated, done.Skipped, done.Rejected);
        return done;
    }

    private static IEnumerable<ImportRow> RowsOf(Stream file, ImportOrder order) =>
        Path.GetExtension(order.FileName).ToLowerInvariant() is ".jsonl" or ".ndjson" or ".json" ? JsonLineRows.Read(file) : CsvRows.Read(file, order.Columns);

    private static List<ImportRow> Take(IEnumerator<ImportRow> rows, int count)
    {
        var taken = new List<ImportRow>(count);
        while (taken.Count < count && rows.MoveNext()) taken.Add(rows.Current);
        return taken;
    }

    /// <returns>The publication's living lists by slug; null where the order cannot be carried out.</returns>
    private async Task<Dictionary<string, MailingList>?> FindListsAsync(ImportOrder order, Action<Problem> report, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var lists = await db.Lists.AsNoTracking().Where(l => l.PublicationId == order.PublicationId && l.ArchivedAt == null).ToDictionaryAsync(l => l.Slug, ct);
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(order.ConsentSource)) faults.Add("say where these people agreed to be mailed (consent source): without it nothing is imported.");
        if (order.ConsentDate is null) faults.Add("say when these people agreed (consent date, such as 2026-03-01).");
        else if (order.ConsentDate > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddDays(1))) faults.Add("the consent date lies in the future.");
        faults.AddRange(order.Lists.Where(slug => !lists.ContainsKey(slug)).Select(slug => $"there is no list '{slug}': there are {string.Join(", ", lists.Keys.Order())}."));
        foreach (var fault in faults) report(new Problem(Severity.Error, "import-order", fault, order.FileName));
        return faults.Count == 0 ? lists : null;
    }

    private async Task WriteAsync(List<ImportRow> rows, Dictionary<string, MailingList> lists, ImportOrder order, ImportBooks books, CancellationToken ct)
    {
        var hasher = await hashers.GetAsync(ct); // may write on a connection of its own: not within our transaction
        await using var db = await databases.CreateDbContextAsync(ct);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await using var transaction = order.DryRun ? null : await db.Database.BeginTransactionAsync(ct);
        var chunk = await ImportChunk.LoadAsync(db, rows, lists, order, hasher, clock.Instant(), ct);
        chunk.Apply(books);
        if (transaction is null) return;
        await chunk.SaveAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
