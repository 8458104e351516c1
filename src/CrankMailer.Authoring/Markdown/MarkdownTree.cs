using CrankMailer.Model;
using Markdig;
using Markdig.Syntax;

namespace CrankMailer.Authoring.Markdown;

/// <summary>The one door to the Markdown parser, which refuses what is nested absurdly deep.</summary>
internal static class MarkdownTree
{
    /// <exception cref="ProblemException">Nested too deeply.</exception>
    public static MarkdownDocument Parse(string markdown, MarkdownPipeline pipeline)
    {
        try
        {
            return Markdig.Markdown.Parse(markdown, pipeline);
        }
        catch (ArgumentException e) when (e.Message.Contains("nested", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException([new Problem(Severity.Error, "nesting", "The text is nested too deeply: take some of the brackets, the > or the list levels out.")]);
        }
    }
}
