using System.Buffers;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CrankMailer.Model;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CrankMailer.Authoring.Markdown;

/// <summary>Plain text as inline Markdown and back. Escapes only what would otherwise be markup, so plain text stays itself.</summary>
internal static partial class PlainText
{
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static readonly SearchValues<char> Suspicious = SearchValues.Create("\\`*_[]<&!~");
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build(); // HTML would be markup elsewhere, so it is escaped, too

    [GeneratedRegex(@"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")]
    private static partial Regex Entity { get; }

    [GeneratedRegex(@"\\([!-/:-@\[-`{-~])|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")]
    private static partial Regex Escaped { get; }

    /// <summary>Plain text as inline Markdown that prints exactly it.</summary>
    public static string ToMarkdown(string text) => IsLiteral(text, text) ? text : Escape(text);

    /// <summary>Plain text as the label of a link: <c>[label](…)</c> prints exactly it.</summary>
    public static string ToLabel(string text)
    {
        if (!text.AsSpan().ContainsAny(Suspicious)) return text;
        var inlines = (TryParse($"[{text}](x)")?.FirstOrDefault() as ParagraphBlock)?.Inline;
        return inlines?.FirstChild is LinkInline { IsImage: false, Url: "x" } link && link == inlines.LastChild && Literal(link) == text && Unescape(text) == text
            ? text : Escape(text);
    }

    /// <summary>Backslash escapes and entities resolved; markup is not looked at.</summary>
    public static string Unescape(string text) =>
        text.AsSpan().ContainsAny('\\', '&') ? Escaped.Replace(text, m => m.Groups[1].Success ? m.Groups[1].Value : WebUtility.HtmlDecode(m.Value)) : text;

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var needed = text[i] switch
            {
                '`' or '*' or '[' or ']' or '<' => true,
                '_' => !InsideWord(text, i),
                '\\' => i + 1 == text.Length || Punctuation.Contains(text[i + 1]),
                '&' => Entity.Match(text, i) is { Success: true } entity && entity.Index == i,
                _ => false,
            };
            if (needed) escaped.Append('\\');
            escaped.Append(text[i]);
        }
        return escaped.ToString();
    }

    private static bool InsideWord(string text, int i) =>
        i > 0 && i + 1 < text.Length && char.IsLetterOrDigit(text[i - 1]) && char.IsLetterOrDigit(text[i + 1]);

    private static bool IsLiteral(string markdown, string text)
    {
        if (!markdown.AsSpan().ContainsAny(Suspicious)) return true;
        var blocks = TryParse("x " + markdown); // the word before keeps block markers from being seen here
        return blocks?.Count == 1 && blocks[0] is ParagraphBlock { Inline: { } inlines } && Literal(inlines) == "x " + text;
    }

    /// <summary>Null where the parser gives up on the nesting; escaped it is no nesting any more.</summary>
    private static MarkdownDocument? TryParse(string markdown)
    {
        try
        {
            return MarkdownTree.Parse(markdown, Pipeline);
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    /// <summary>The text of inlines that hold nothing but literal text; null otherwise.</summary>
    private static string? Literal(ContainerInline inlines)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines)
            if (inline is LiteralInline literal) text.Append(literal.Content.AsSpan());
            else return null;
        return text.ToString();
    }
}
