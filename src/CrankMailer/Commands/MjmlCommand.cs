using System.CommandLine;
using CrankMailer.Mjml;
using CrankMailer.Model;

namespace CrankMailer.Commands;

/// <summary><c>mjml</c>: MJML to HTML; a folder renders every *.mjml in it to *.html.</summary>
internal static class MjmlCommand
{
    private static readonly Argument<string> Source = new("source") { Description = "A file, a folder, or - for standard input." };
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "File to write; a folder where the source is one. Default: standard output, or beside the sources." };
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("mjml", "Compile MJML to HTML. Example: crankmailer mjml issue.mjml -o issue.html") { Source, Output, Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken ct)
    {
        var source = result.GetRequiredValue(Source);
        var output = result.GetValue(Output);
        if (Directory.Exists(source)) return await CompileFolderAsync(source, output ?? source, result.GetValue(Json), ct);
        var input = await InputText.ReadAsync(source, ct);
        var (html, problems) = Compile(input);
        if (html is not null && output is not null) await File.WriteAllTextAsync(output, html, ct);
        else if (html is not null) System.Console.Out.Write(html);
        var code = Report.Problems(problems, result.GetValue(Json));
        return html is null ? ExitCodes.Refused : code;
    }

    private static async Task<int> CompileFolderAsync(string folder, string output, bool json, CancellationToken ct)
    {
        Directory.CreateDirectory(output);
        var problems = new List<Problem>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.mjml").Order(StringComparer.Ordinal))
        {
            var (html, found) = Compile(await InputText.ReadAsync(file, ct));
            problems.AddRange(found);
            if (html is not null) await File.WriteAllTextAsync(Path.Combine(output, Path.GetFileNameWithoutExtension(file) + ".html"), html, ct);
        }
        return Report.Problems(problems, json);
    }

    private static (string? Html, IEnumerable<Problem> Problems) Compile(InputText input)
    {
        var folder = input.Name == "stdin" ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(input.Name)) ?? "/";
        try
        {
            var result = MjmlCompiler.Compile(input.Text, MjmlOptions.Default with { SourceName = input.Name, Files = new MjmlFolder(folder) });
            return (result.Html, result.Problems.Select(p => Problem(p)));
        }
        catch (MjmlException error)
        {
            return (null, error.Problems.Select(p => Problem(p)));
        }
    }

    private static Problem Problem(MjmlProblem problem) =>
        new(problem.Severity == MjmlSeverity.Error ? Severity.Error : Severity.Warning, "", problem.Message, problem.File, problem.Line, problem.Column);
}
