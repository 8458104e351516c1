using System.Text.RegularExpressions;
using CrankMailer.Model;
using Markdig;
using Markdig.Syntax;

namespace CrankMailer.Authoring.Markdown;

/// <summary>The one door to the Markdown parser, which refuses what is nested absurdly deep.</summary>
internal static partial class MarkdownTree
{
    /// <summary>The parser's time grows with the cube of such a line.</summary>
    [GeneratedRegex(@"^(?:[ \t]*(?:>|[-*+](?=[ \t])|[0-9]{1,9}[.)](?=[ \t]))){65}", RegexOptions.Multiline)]
    private static partial Regex TooDeep { get; }

    /// <exception cref="ProblemException">Nested too deeply.</exception>
    public static MarkdownDocument Parse(string markdown, MarkdownPipeline pipeline)
    {
        if (TooDeep.IsMatch(markdown)) throw Nested();
        try
        {
            return Markdig.Markdown.Parse(markdown, pipeline);
        }
        catch (ArgumentException e) when (e.Message.Contains("nested", StringComparison.OrdinalIgnoreCase))
        {
            throw Nested();
        }
    }

    private static ProblemException Nested() =>
        new([new Problem(Severity.Error, "nesting", "The text is nested too deeply: take some of the brackets, the > or the list levels out.")]);
}
