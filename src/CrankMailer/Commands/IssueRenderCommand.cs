using System.CommandLine;
using System.Text.Json;
using CrankMailer.Delivery;
using CrankMailer.Delivery.Compose;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Publications;
using CrankMailer.Rendering;
using CrankMailer.Rendering.Personal;

namespace CrankMailer.Commands;

/// <summary><c>issue render</c> and <c>issue check</c>: an issue file through the theme, without a database.</summary>
internal static class IssueRenderCommand
{
    private static readonly Argument<string> Source = new("file") { Description = "An issue file, Markdown or JSON; - for standard input." };
    private static readonly Option<string?> Publication = new("--publication") { Description = "publication.yaml. Default: the one beside the issue." };
    private static readonly Option<string?> Theme = new("--theme") { Description = "Name of a theme, or its folder. Default: the publication's." };
    private static readonly Option<string?> Templates = CommonOptions.Templates();
    private static readonly Option<string> Output = new("--output", "-o") { Description = "Folder to write to.", DefaultValueFactory = _ => "." };
    private static readonly Option<string?> As = new("--as") { Description = "A JSON file with a subscriber (email, name, first_name, last_name, attributes), whose copy is written." };
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command CreateRender()
    {
        var command = new Command("render", "Write issue.mjml, .html, .txt, .eml and report.json. Example: crankmailer issue render 2026-06.md -o out") { Source, Publication, Theme, Templates, Output, As, Json };
        command.SetAction(RenderAsync);
        return command;
    }

    public static Command CreateCheck()
    {
        var command = new Command("check", "Find what must or should be mended before sending. Example: crankmailer issue check 2026-06.md") { Source, Publication, Theme, Templates, Json };
        command.SetAction(CheckAsync);
        return command;
    }

    private static async Task<int> CheckAsync(ParseResult result, CancellationToken ct)
    {
        var read = await ReadAsync(result, ct);
        var code = read.Problems.Any(p => p.Severity == Severity.Error) ? ExitCodes.Refused : ExitCodes.Done;
        if (result.GetValue(Json)) Report.Write(read.Problems);
        else if (read.Problems.Count == 0) System.Console.Out.WriteLine("Nothing to mend.");
        else Report.Problems(read.Problems);
        return code;
    }

    private static async Task<int> RenderAsync(ParseResult result, CancellationToken ct)
    {
        var read = await ReadAsync(result, ct);
        var reader = await ReadReaderAsync(result.GetValue(As), ct);
        var folder = result.GetRequiredValue(Output);
        Directory.CreateDirectory(folder);
        var problems = read.Problems.ToList();
        if (read.Rendered is { Html.Length: > 0 } rendered) problems.AddRange(await WriteAsync(read, rendered, reader, folder, ct));
        await File.WriteAllTextAsync(Path.Combine(folder, "report.json"), JsonSerializer.Serialize(problems, IssueJson.Options) + "\n", ct);
        return Report.Problems(problems, result.GetValue(Json));
    }

    private static Task<IssueThroughTheme> ReadAsync(ParseResult result, CancellationToken ct) =>
        IssueThroughTheme.ReadAsync(result.GetRequiredValue(Source), result.GetValue(Publication), result.GetValue(Theme), result.GetValue(Templates), ct);

    /// <summary>The files; problems that only show when a whole mail is made.</summary>
    private static async Task<IReadOnlyList<Problem>> WriteAsync(IssueThroughTheme read, RenderedIssue rendered, Recipient reader, string folder, CancellationToken ct)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "issue.mjml"), rendered.Mjml, ct);
        var values = new PersonalValues { Email = reader.Address, Name = reader.Name, FirstName = reader.FirstName, LastName = reader.LastName };
        try
        {
            var copy = PersonalPreview.Of(rendered, read.Publication, null, values);
            // The page opened from the folder shows the pictures beside the issue; the mail names the address they get when it is saved.
            var html = read.Pictures.Aggregate(copy.Html, (page, picture) => page.Replace(picture.Key, new Uri(picture.Value).AbsoluteUri, StringComparison.Ordinal));
            await File.WriteAllTextAsync(Path.Combine(folder, "issue.html"), html, ct);
            await File.WriteAllTextAsync(Path.Combine(folder, "issue.txt"), copy.Text, ct);
            if (string.IsNullOrWhiteSpace(read.Publication.Sender.Email))
                return [new Problem(Severity.Error, "no-sender", $"issue.eml cannot be written: the publication has no sender. Give {PublicationFiles.Name} a sender with an email.")];
            var mail = SampleMail.Write(EditionOf(read, rendered), new PublicationRow { Id = 1, Slug = read.Publication.Slug, Document = read.Publication, FeedbackSenderId = "sample" }, reader, new DeliveryOptions(), TimeProvider.System.GetUtcNow());
            await File.WriteAllBytesAsync(Path.Combine(folder, "issue.eml"), mail, ct);
            return [];
        }
        catch (ProblemException error)
        {
            return error.Problems;
        }
        catch (ArgumentException error)
        {
            return [new Problem(Severity.Error, "no-mail", $"issue.eml cannot be written: {Plain(error)}")];
        }
    }

    /// <summary>Without the name of our parameter, which the runtime adds.</summary>
    private static string Plain(ArgumentException error) =>
        error.ParamName is { } name ? error.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : error.Message;

    private static Edition EditionOf(IssueThroughTheme read, RenderedIssue rendered) => new()
    {
        Lang = read.Issue.Lang ?? read.Publication.Lang, Subject = rendered.Subject, Preheader = rendered.Preheader, Html = rendered.Html, Text = rendered.Text,
        FromName = read.Publication.Sender.Name ?? read.Publication.Name, FromEmail = read.Publication.Sender.Email ?? "", ReplyTo = read.Publication.Sender.ReplyTo,
        PostalAddress = string.Join('\n', read.Publication.Organisation.PostalAddress),
    };

    private static async Task<Recipient> ReadReaderAsync(string? file, CancellationToken ct)
    {
        if (file is null) return new Recipient(1, 0, 0, 1, "reader@example.org", "Ada Reader", "Ada", "Reader", "{}");
        var input = await InputText.ReadAsync(file, ct);
        try
        {
            using var document = JsonDocument.Parse(input.Text);
            var root = document.RootElement;
            string? Text(string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            var attributes = root.TryGetProperty("attributes", out var own) ? own.GetRawText() : "{}";
            return new Recipient(1, 0, 0, 1, Text("email") ?? "reader@example.org", Text("name"), Text("first_name"), Text("last_name"), attributes);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new ProblemException([new Problem(Severity.Error, "", $"is no JSON object with email, name, first_name, last_name, attributes: {error.Message}", file)]);
        }
    }
}
