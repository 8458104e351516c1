using System.CommandLine;
using CrankMailer.Audience.Export;
using CrankMailer.Audience.Import;
using CrankMailer.Model;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Commands;

/// <summary><c>subscribers import</c> and <c>subscribers export</c>.</summary>
internal static class SubscribersCommand
{
    private static readonly Option<string?> Data = CommonOptions.Data();
    private static readonly Option<bool> Json = CommonOptions.Json();
    private static readonly Option<string?> PublicationSlug = new("--publication") { Description = "Slug of the publication; not needed where there is one." };
    private static readonly Argument<string> File = new("file") { Description = "CSV with a header, or JSON lines (.jsonl)." };
    private static readonly Option<string[]> Lists = new("--list") { Description = "Slug of a list to put them on; may be given several times.", DefaultValueFactory = _ => [] };
    private static readonly Option<string[]> Map = new("--map") { Description = "OURS=THEIRS, such as email=E-Mail; may be given several times.", DefaultValueFactory = _ => [] };
    private static readonly Option<string?> Consent = new("--consent") { Description = "Where these people agreed to be mailed.", Required = true };
    private static readonly Option<DateOnly?> ConsentDate = new("--consent-date") { Description = "When they agreed, such as 2026-03-01.", Required = true };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Read and report; write nothing." };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Overwrite names and fields of people who are there already." };
    private static readonly Option<string?> ListSlug = new("--list") { Description = "Only the people of this list." };
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "File to write. Default: standard output." };

    public static Command Create()
    {
        var import = new Command("import", "Bring people in from a file. Example: crankmailer subscribers import readers.csv --list monthly --consent 'sign-up sheet' --consent-date 2026-03-01")
        {
            File, Lists, Map, Consent, ConsentDate, DryRun, Overwrite, PublicationSlug, Data, Json,
        };
        import.SetAction(ImportAsync);
        var export = new Command("export", "Write all people with all their states as CSV, or JSON lines with --json. Example: crankmailer subscribers export -o readers.csv")
        {
            Output, ListSlug, PublicationSlug, Data, Json,
        };
        export.SetAction(ExportAsync);
        return new Command("subscribers", "People: in and out.") { import, export };
    }

    private static async Task<int> ImportAsync(ParseResult result, CancellationToken ct)
    {
        var file = result.GetRequiredValue(File);
        await using var host = await CommandHost.OpenAsync(result.GetValue(Data), ct);
        var order = new ImportOrder
        {
            PublicationId = await PublicationId(host.Db, result.GetValue(PublicationSlug), ct),
            FileName = file,
            Lists = result.GetValue(Lists) ?? [],
            ConsentSource = result.GetValue(Consent),
            ConsentDate = result.GetValue(ConsentDate),
            Columns = ReadMap(result.GetValue(Map) ?? []),
            Overwrite = result.GetValue(Overwrite),
            DryRun = result.GetValue(DryRun),
        };
        if (!System.IO.File.Exists(file)) throw new ProblemException([new Problem(Severity.Error, "unreadable-file", "there is no such file.", file)]);
        await using var stream = System.IO.File.OpenRead(file);
        var report = await host.Services.GetRequiredService<SubscriberImport>().RunAsync(stream, order, problem => System.Console.Error.WriteLine(problem), null, ct);
        if (result.GetValue(Json)) Report.Write(report);
        else System.Console.Out.WriteLine($"{(order.DryRun ? "Would have: " : "")}{report.Added} added, {report.Updated} updated, {report.Skipped} skipped, {report.Rejected} rejected of {report.Rows} rows.");
        return report.Refused || report.Rejected > 0 ? ExitCodes.Refused : ExitCodes.Done;
    }

    private static async Task<int> ExportAsync(ParseResult result, CancellationToken ct)
    {
        await using var host = await CommandHost.OpenAsync(result.GetValue(Data), ct);
        var publication = await PublicationId(host.Db, result.GetValue(PublicationSlug), ct);
        await using var output = result.GetValue(Output) is { } file ? System.IO.File.Create(file) : System.Console.OpenStandardOutput();
        var export = host.Services.GetRequiredService<SubscriberExport>();
        var order = new ExportOrder(publication, result.GetValue(ListSlug), UserId: null);
        if (result.GetValue(Json)) await export.WriteJsonLinesAsync(output, order, ct);
        else await export.WriteCsvAsync(output, order, withMark: false, ct);
        return ExitCodes.Done;
    }

    /// <exception cref="ProblemException">There is no such publication, or several and none was named.</exception>
    internal static async Task<int> PublicationId(CrankDb db, string? slug, CancellationToken ct)
    {
        var all = await db.Publications.AsNoTracking().OrderBy(p => p.Slug).Select(p => new { p.Id, p.Slug }).ToListAsync(ct);
        var found = slug is null ? (all.Count == 1 ? all[0] : null) : all.FirstOrDefault(p => p.Slug == slug);
        if (found is not null) return found.Id;
        var known = all.Count == 0 ? "there is none yet: start 'crankmailer serve' and set one up." : $"there are: {string.Join(", ", all.Select(p => p.Slug))}.";
        throw new ProblemException([new Problem(Severity.Error, "publication", slug is null ? $"say which publication with --publication SLUG; {known}" : $"there is no publication '{slug}'; {known}")]);
    }

    private static Dictionary<string, string> ReadMap(string[] pairs)
    {
        var map = new Dictionary<string, string>();
        foreach (var pair in pairs)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 1) throw new ProblemException([new Problem(Severity.Error, "", $"'{pair}' is no OURS=THEIRS pair, such as email=E-Mail.", "--map")]);
            map[pair[..at]] = pair[(at + 1)..];
        }
        return map;
    }
}
