using System.Text;
using Markdig.Syntax.Inlines;

namespace CrankMailer.Rendering.Prose;

/// <summary>The bare words of inline Markdown.</summary>
internal static class PlainWords
{
    public static string Of(ContainerInline inlines)
    {
        var words = new StringBuilder();
        foreach (var inline in inlines) Add(inline, words);
        return words.ToString().Trim();
    }

    /// <summary>The first words, cut at a space and closed by an ellipsis where something was left out.</summary>
    public static string First(string words, int count)
    {
        var parts = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length <= count ? string.Join(' ', parts) : string.Join(' ', parts.Take(count)).TrimEnd(',', ';', ':', '.') + "…";
    }

    private static void Add(Inline inline, StringBuilder words)
    {
        switch (inline)
        {
            case LiteralInline literal: words.Append(literal.Content.AsSpan()); break;
            case CodeInline code: words.Append(code.Content); break;
            case HtmlEntityInline entity: words.Append(entity.Transcoded.AsSpan()); break;
            case AutolinkInline link: words.Append(link.Url); break;
            case LineBreakInline: words.Append(' '); break;
            case DelimiterInline delimiter:
                words.Append(delimiter.ToLiteral());
                AddAll(delimiter, words);
                break;
            case ContainerInline container: AddAll(container, words); break;
        }
    }

    private static void AddAll(ContainerInline container, StringBuilder words)
    {
        foreach (var child in container) Add(child, words);
    }
}
