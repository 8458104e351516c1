using Markdig;
using Markdig.Syntax;

namespace CrankMailer.Authoring.Markdown;

/// <summary>Finds the outer blocks of CommonMark with pipe tables and no raw HTML. Inline markup is not looked at.</summary>
internal static class BlockParser
{
    private static readonly MarkdownPipeline Pipeline = Make();

    /// <summary>Outer blocks in order. Positions are lines only; text is always sliced from the source by the caller.</summary>
    /// <exception cref="CrankMailer.Model.ProblemException">Nested too deeply.</exception>
    public static IReadOnlyList<Block> Parse(string masked) =>
        [.. MarkdownTree.Parse(masked, Pipeline).Where(b => b is not LinkReferenceDefinitionGroup).OrderBy(b => b.Line)];

    private static MarkdownPipeline Make()
    {
        var builder = new MarkdownPipelineBuilder().DisableHtml();
        builder.InlineParsers.Clear();
        return builder.Build();
    }

    /// <summary>A heading of the form <c>## x</c>; the underlined form is always content.</summary>
    public static bool IsHeading(Block block, int level) =>
        block is HeadingBlock { IsSetext: false } heading && heading.Level == level;

    public static bool IsItemList(Block block) => block is ListBlock { IsOrdered: false };
}
