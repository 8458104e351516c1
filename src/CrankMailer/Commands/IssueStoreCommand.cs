using System.CommandLine;
using System.Globalization;
using CrankMailer.Authoring;
using CrankMailer.Authoring.Workflow;
using CrankMailer.Authoring.Workflow.Pictures;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Commands;

/// <summary><c>issue save</c> and <c>issue export</c>: between a file and the database.</summary>
internal static class IssueStoreCommand
{
    private static readonly Argument<string> Source = new("file") { Description = "An issue file, Markdown or JSON; - for standard input." };
    private static readonly Argument<string> Id = new("id") { Description = "The issue's number, or its slug such as 2026-06." };
    private static readonly Option<string> Format = new("--format") { Description = "md or json.", DefaultValueFactory = _ => "md" };
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "File to write. Default: standard output." };
    private static readonly Option<string?> PublicationSlug = new("--publication") { Description = "Slug of the publication; not needed where there is one, or the file names it." };
    private static readonly Option<string?> Data = CommonOptions.Data();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command CreateSave()
    {
        var command = new Command("save", "Put an issue into the database; a known slug gets a new revision. Example: crankmailer issue save 2026-06.md") { Source, PublicationSlug, Data, Json };
        command.SetAction(SaveAsync);
        return command;
    }

    public static Command CreateExport()
    {
        var command = new Command("export", "Take an issue out of the database. Example: crankmailer issue export 2026-06 -o 2026-06.md") { Id, Format, Output, PublicationSlug, Data };
        command.SetAction(ExportAsync);
        return command;
    }

    private static async Task<int> SaveAsync(ParseResult result, CancellationToken ct)
    {
        var input = await InputText.ReadAsync(result.GetRequiredValue(Source), ct);
        var (issue, problems) = IssueFile.Read(input.Text, input.Name);
        Report.Problems(problems, result.GetValue(Json));
        if (issue is null) return ExitCodes.Refused;

        await using var host = await CommandHost.OpenAsync(result.GetValue(Data), ct);
        var id = await SubscribersCommand.PublicationId(host.Db, result.GetValue(PublicationSlug) ?? issue.Publication, ct);
        var publication = await host.Db.Publications.AsNoTracking().FirstAsync(p => p.Id == id, ct);
        // With the publication it is sent for, and before its pictures move: a file beside this one may say otherwise, or not be there.
        var toMend = IssueThroughTheme.Of(issue, problems, result.GetRequiredValue(Source), publication.Document, null, null).Problems.Count(p => p.Severity == Severity.Error);
        issue = await StorePicturesAsync(issue, input.Name, host.Services.GetRequiredService<PictureStore>(), ct);
        var desk = host.Services.GetRequiredService<IssueDesk>();
        var slug = issue.Slug ?? issue.Period;
        var known = slug is null ? null : await desk.FindIdAsync(id, slug, ct);
        var answer = known is { } there && await desk.FindAsync(there, ct) is { } copy
            ? await desk.SaveAsync(there, copy.Revision, issue, $"saved from {Path.GetFileName(input.Name)}", null, ct)
            : await desk.CreateAsync(publication, issue, $"saved from {Path.GetFileName(input.Name)}", null, ct);
        switch (answer)
        {
            case DeskResult.Done done:
                if (result.GetValue(Json)) Report.Write(done);
                else SayDone(done, toMend, input.Name);
                return ExitCodes.Done;
            case DeskResult.Refused refused:
                return Report.Problems(refused.Problems, result.GetValue(Json));
            default:
                return Report.Refuse("somebody else saved the issue at the same moment: try again.");
        }
    }

    private static void SayDone(DeskResult.Done done, int toMend, string file)
    {
        System.Console.Out.WriteLine($"Issue {done.IssueId}, revision {done.Revision}.{(done.ApprovalVoided ? " Its approval no longer holds: the content differs." : "")}");
        if (toMend > 0) System.Console.Out.WriteLine($"{toMend} to mend before it can be sent: crankmailer issue check {(file == "stdin" ? "FILE" : file)}");
    }

    /// <summary>Pictures that lie beside the file come into the database with it.</summary>
    private static Task<Issue> StorePicturesAsync(Issue issue, string file, PictureStore pictures, CancellationToken ct)
    {
        var folder = file == "stdin" ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/";
        return IssueImages.MapAsync(issue, async image =>
        {
            if (IssueImages.FileOf(image.Src, folder) is not { } path) return image;
            var (stored, problem) = await pictures.SaveAsync(await File.ReadAllBytesAsync(path, ct), ct);
            return stored is not null ? image with { Src = stored.Src } : throw new ProblemException(problem is null ? [] : [problem with { File = path }]);
        });
    }

    private static async Task<int> ExportAsync(ParseResult result, CancellationToken ct)
    {
        var format = IssueFormats.Parse(result.GetValue(Format));
        await using var host = await CommandHost.OpenAsync(result.GetValue(Data), ct);
        var desk = host.Services.GetRequiredService<IssueDesk>();
        var name = result.GetRequiredValue(Id);
        var publication = await SubscribersCommand.PublicationId(host.Db, result.GetValue(PublicationSlug), ct);
        var id = await desk.FindIdAsync(publication, name, ct)
            ?? (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);
        if (id is not { } found || await desk.FindAsync(found, ct) is not { } copy) return Report.Refuse($"there is no issue '{name}'.");
        var text = IssueFile.Write(copy.Content, format);
        if (result.GetValue(Output) is { } file) await File.WriteAllTextAsync(file, text, ct);
        else System.Console.Out.Write(text);
        return ExitCodes.Done;
    }
}
