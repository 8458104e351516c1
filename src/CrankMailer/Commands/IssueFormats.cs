using CrankMailer.Authoring;
using CrankMailer.Model;

namespace CrankMailer.Commands;

internal static class IssueFormats
{
    /// <exception cref="ProblemException">Neither md nor json.</exception>
    public static IssueFormat Parse(string? name) => name switch
    {
        "md" or "markdown" => IssueFormat.Markdown,
        "json" => IssueFormat.Json,
        _ => throw new ProblemException([new Problem(Severity.Error, "", $"'{name}' is no format: md or json.", "--format")]),
    };
}
