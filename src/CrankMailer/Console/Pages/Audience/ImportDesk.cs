using CrankMailer.Audience.Import;
using CrankMailer.Model;

namespace CrankMailer.Console.Pages.Audience;

/// <summary>The two steps of an import in the console: a dry run of an uploaded file, and the real run of the same octets.</summary>
internal sealed class ImportDesk(SubscriberImport import, ImportSpool spool, IHostApplicationLifetime host)
{
    /// <summary>More is a matter for the file, not for reading row by row.</summary>
    private const int MostProblems = 500;

    public Task<KeptImport?> FindAsync(string id, int publicationId, CancellationToken ct) => spool.FindAsync(id, publicationId, ct);

    /// <returns>The kept import, or why the order was refused.</returns>
    public async Task<(KeptImport? Kept, IReadOnlyList<Problem> Refused)> TryAsync(IFormFile file, ImportOrder order, CancellationToken ct)
    {
        string id;
        await using (var upload = file.OpenReadStream()) id = await spool.KeepAsync(upload, ct);
        var tried = await RunAsync(id, running: false, order with { DryRun = true }, ct);
        if (tried.Report.Refused)
        {
            spool.Drop(id);
            return (null, tried.Problems);
        }
        var kept = tried with { Order = order };
        await spool.SaveAsync(kept, ct);
        return (kept, []);
    }

    /// <summary>The real run. Not ended by a closed browser: half an import would leave the operator guessing.</summary>
    /// <returns>Null where somebody else runs or ran it.</returns>
    public async Task<KeptImport?> RunAsync(KeptImport tried, int? userId)
    {
        if (!spool.TryTake(tried.Id)) return null;
        var ended = false;
        try
        {
            var done = await RunAsync(tried.Id, running: true, tried.Order with { UserId = userId }, host.ApplicationStopping);
            if (done.Report.Refused) return done;
            await spool.SaveAsync(done with { Step = ImportStep.Done }, CancellationToken.None);
            ended = true;
            return done;
        }
        finally
        {
            if (ended) spool.DropData(tried.Id);
            else spool.GiveBack(tried.Id);
        }
    }

    public void Drop(KeptImport kept) => spool.Drop(kept.Id);

    private async Task<KeptImport> RunAsync(string id, bool running, ImportOrder order, CancellationToken ct)
    {
        var problems = new List<Problem>();
        long unshown = 0;
        await using var file = spool.Open(id, running);
        var report = await import.RunAsync(file, order, Note, progress: null, ct);
        return new KeptImport(id, ImportStep.Tried, order, report, problems, unshown);

        void Note(Problem problem)
        {
            if (problems.Count < MostProblems) problems.Add(problem);
            else unshown++;
        }
    }
}
