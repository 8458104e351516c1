using System.Text.Json;
using CrankMailer.Authoring.Markdown;
using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring;

/// <summary>An issue file in either of its forms: Markdown, or JSON where it begins with <c>{</c>.</summary>
public static class IssueFile
{
    public static (Issue? Issue, IReadOnlyList<Problem> Problems) Read(string text, string fileName) =>
        text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("{") ? ReadJson(text, fileName) : IssueMarkdown.Read(text, fileName);

    public static string Write(Issue issue, IssueFormat format) =>
        format == IssueFormat.Json ? IssueJson.Write(IssueCanonical.Of(issue)) + "\n" : IssueMarkdown.Write(issue);

    private static (Issue?, IReadOnlyList<Problem>) ReadJson(string text, string file)
    {
        try
        {
            var json = text.TrimStart('\uFEFF');
            return FindFault(json) is { } fault ? (null, [new Problem(Severity.Error, "json", fault, file, 1, 1)]) : (IssueCanonical.Of(IssueJson.Read(json)), []);
        }
        catch (ProblemException e)
        {
            return (null, [.. e.Problems.Select(p => p with { File = file })]);
        }
        catch (JsonException e)
        {
            var reason = e.Message.Split(" Path:")[0].Split(" LineNumber:")[0];
            return (null, [new Problem(Severity.Error, "json", $"{reason} Write the issue as crankmailer issue export --format json does.", file, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1, e.Path)]);
        }
    }

    private static string? FindFault(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        if (!JsonText.IsSound(document.RootElement)) return "A text holds half a character (an unpaired \\uD800 escape): take it out.";
        return JsonText.FindNullEntry(document.RootElement) is { } path ? $"{path} is null: take the entry out or fill it." : null;
    }
}
