using System.CommandLine;
using CrankMailer.Authoring;
using CrankMailer.Authoring.Drafts;
using CrankMailer.Model;

namespace CrankMailer.Commands;

/// <summary><c>issue import</c>: a draft becomes a structured issue. Touches no database; what was guessed or dropped is said on stderr.</summary>
internal static class IssueImportCommand
{
    private static readonly Argument<string> Draft = new("draft") { Description = "The draft: .txt, .md, .html, .docx, or - for standard input." };
    private static readonly Option<string> Format = new("--format") { Description = "md or json.", DefaultValueFactory = _ => "md" };
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "File to write. Default: standard output." };
    private static readonly Option<string?> Publication = new("--publication") { Description = "publication.yaml to compare the draft's furniture with. Default: the one beside the draft." };
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("import", "Turn a draft into a structured issue. Example: crankmailer issue import june.txt -o 2026-06.md") { Draft, Format, Output, Publication, Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken ct)
    {
        var format = IssueFormats.Parse(result.GetValue(Format));
        var path = result.GetRequiredValue(Draft);
        var publication = await PublicationFiles.FindAsync(result.GetValue(Publication), path, ct);
        var imported = await ImportAsync(path, publication, ct);
        var code = Report.Problems(imported.Report, result.GetValue(Json));
        if (imported.Issue is null) return ExitCodes.Refused;
        var text = IssueFile.Write(imported.Issue, format);
        if (result.GetValue(Output) is { } file) await File.WriteAllTextAsync(file, text, ct);
        else System.Console.Out.Write(text);
        return code;
    }

    private static async Task<ImportedDraft> ImportAsync(string path, Model.Documents.Publication? publication, CancellationToken ct)
    {
        if (path == "-")
        {
            var draft = new MemoryStream();
            await System.Console.OpenStandardInput().CopyToAsync(draft, ct);
            draft.Position = 0;
            return DraftImporter.Import(draft, "-", publication);
        }
        if (!File.Exists(path)) throw new ProblemException([new Problem(Severity.Error, "unreadable-file", "there is no such file.", path)]);
        await using var file = File.OpenRead(path);
        return DraftImporter.Import(file, path, publication);
    }
}
