using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrankMailer.Model;
using CrankMailer.Scriban;

namespace CrankMailer.Commands;

/// <summary><c>scriban</c>: renders one template, for theme authors and tests.</summary>
internal static class ScribanCommand
{
    private static readonly Argument<string> Template = new("file") { Description = "The template, or - for standard input." };
    private static readonly Option<string?> Model = new("--model") { Description = "A JSON file with the model, or the JSON itself." };

    public static Command Create()
    {
        var command = new Command("scriban", "Render a Scriban template. Example: crankmailer scriban hello.txt --model '{\"name\":\"Ada\"}'") { Template, Model };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken ct)
    {
        var template = await InputText.ReadAsync(result.GetRequiredValue(Template), ct);
        var model = await ReadModelAsync(result.GetValue(Model), ct);
        var folder = template.Name == "stdin" ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(template.Name)) ?? "/";
        try
        {
            var parsed = ScribanTemplate.Parse(template.Text, template.Name);
            parsed.Render(model, System.Console.Out, new ScribanOptions { Include = name => ReadInclude(folder, name) }, ct);
            return ExitCodes.Done;
        }
        catch (ScribanException error)
        {
            return Report.Problems(error.Problems.Select(p => new Problem(Severity.Error, "", p.Text, p.Name, p.Line, p.Column)));
        }
    }

    private static async Task<JsonNode?> ReadModelAsync(string? model, CancellationToken ct)
    {
        if (model is null) return null;
        var text = model.TrimStart().StartsWith('{') ? new InputText("--model", model) : await InputText.ReadAsync(model, ct);
        try
        {
            return JsonNode.Parse(text.Text);
        }
        catch (JsonException error)
        {
            throw new ProblemException([new Problem(Severity.Error, "", $"is not JSON: {error.Message}", text.Name, (int?)error.LineNumber + 1, (int?)error.BytePositionInLine + 1)]);
        }
    }

    /// <summary>Only files in or below the template's folder.</summary>
    private static string? ReadInclude(string folder, string name)
    {
        var file = Path.GetFullPath(Path.Combine(folder, name));
        return file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(file) ? File.ReadAllText(file) : null;
    }
}
