using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CrankMailer.Rendering.Prose;

/// <summary>CommonMark with pipe tables and no raw HTML (design §6), read into Markdig's tree. Thread-safe.</summary>
internal static class MarkdownReader
{
    private static readonly MarkdownPipeline BlockPipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();
    private static readonly InlineParserList InlineParsers = new(new MarkdownPipelineBuilder().DisableHtml().InlineParsers);

    public static MarkdownDocument Block(string markdown) => Markdown.Parse(markdown, BlockPipeline);

    /// <summary>
    /// The inlines of a one-line field. No block is parsed: a headline "1. May" or "[a]: b" is no list and no definition.
    /// </summary>
    public static ContainerInline Inline(string markdown)
    {
        var oneLine = string.Join(' ', markdown.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var leaf = new ParagraphBlock { ProcessInlines = true, Lines = new StringLineGroup(oneLine) };
        var document = new MarkdownDocument { leaf };
        new InlineProcessor(document, InlineParsers, preciseSourcelocation: false, context: null).ProcessInlineLeaf(leaf);
        return leaf.Inline ?? new ContainerInline();
    }
}
