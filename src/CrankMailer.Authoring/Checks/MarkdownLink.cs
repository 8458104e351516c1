using CrankMailer.Authoring.Markdown;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CrankMailer.Authoring.Checks;

/// <summary>The links and pictures in a Markdown text, their addresses with the holes put back.</summary>
internal sealed record MarkdownLink(string Url, string Text, bool IsImage)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().UsePreciseSourceLocation().Build();

    public static IReadOnlyList<MarkdownLink> In(string markdown) =>
        [.. MarkdownTree.Parse(Holes.Mask(markdown), Pipeline).Descendants<LinkInline>().Select(link => Of(link, markdown))];

    private static MarkdownLink Of(LinkInline link, string markdown)
    {
        var text = string.Concat(link.Descendants().Select(i => i switch { LiteralInline literal => literal.Content.ToString(), CodeInline code => code.Content, _ => "" }));
        var at = link.UrlSpan is { IsEmpty: false } span && span.End < markdown.Length ? markdown[span.Start..(span.End + 1)] : link.Url ?? "";
        return new MarkdownLink(Holes.Mask(at) == at ? link.Url ?? "" : at, text, link.IsImage);
    }
}
