using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Drafts;

/// <summary>
/// HTML from a page, a mail or a word processor. The tree is walked by an allow-list that builds Markdown; nothing of the HTML itself
/// goes through, and scripts, styles and what is hidden are left out.
/// </summary>
internal sealed partial class HtmlDraftReader
{
    private const int DeepestNesting = 200;

    /// <summary>The parser's time grows with the square of the depth.</summary>
    private const int DeepestMarkup = 2_000;

    private static readonly HashSet<string> Ignored = new(StringComparer.OrdinalIgnoreCase)
        { "script", "style", "head", "title", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "video", "audio", "form", "input", "button", "select", "textarea" };

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "div", "li", "ul", "ol", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "section", "article", "header", "footer", "main", "aside", "nav", "figure",
        "figcaption", "blockquote", "address", "dl", "dt", "dd", "center", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "br", "body",
    };

    /// <summary>Elements that are not closed by themselves.</summary>
    [GeneratedRegex(@"</?(?:div|span|a|b|i|u|s|em|strong|font|center|blockquote|ul|ol|section|article|table|small|big|code|h[1-6])\b", RegexOptions.IgnoreCase)]
    private static partial Regex Tag { get; }

    private readonly List<DraftLine> lines = [];
    private readonly DraftReport report;
    private DraftLineKind kind = DraftLineKind.Text;
    private int level;
    private InlineBuilder inline = new();

    private HtmlDraftReader(DraftReport report) => this.report = report;

    public static List<DraftLine> Read(string html, DraftReport report)
    {
        if (IsTooDeep(html)) throw new ProblemException([new Problem(Severity.Error, "nesting", $"The HTML has elements more than {DeepestMarkup} deep: paste it into a word processor first.")]);
        var reader = new HtmlDraftReader(report);
        var document = new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(html);
        if (document.Body is { } body) reader.Walk(body, 0);
        reader.Flush();
        return reader.lines;
    }

    private static bool IsTooDeep(string html)
    {
        var depth = 0;
        foreach (var tag in Tag.EnumerateMatches(html))
            if (html[tag.Index + 1] == '/') depth = Math.Max(0, depth - 1);
            else if (++depth > DeepestMarkup) return true;
        return false;
    }

    private void Walk(INode node, int depth)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText text) inline.Text(text.Data);
            else if (child is IElement element) Element(element, depth + 1);
        }
    }

    private void Element(IElement element, int depth)
    {
        var name = element.LocalName;
        if (Ignored.Contains(name) || IsHidden(element) || depth > DeepestNesting)
        {
            if (DraftText.Clean(element.TextContent) is { Length: > 0 } lost && name is not ("script" or "style" or "head" or "title"))
                report.Note("dropped", $"Left out of the issue (hidden or not allowed <{name}>): “{lost}”", lines.Count + 1);
            return;
        }
        if (name is "img") Picture(element);
        else if (name is "a" && Address(element) is { } url) inline.Link(url, () => Walk(element, depth));
        else if (name is "b" or "strong") inline.Marked("**", () => Walk(element, depth));
        else if (name is "i" or "em" or "cite") inline.Marked("*", () => Walk(element, depth));
        else if (Blocks.Contains(name)) Block(element, name, depth);
        else Walk(element, depth);
    }

    private void Block(IElement element, string name, int depth)
    {
        Flush();
        var outer = (kind, level);
        if (name is ['h', >= '1' and <= '6']) (kind, level) = (DraftLineKind.Heading, name[1] - '0');
        else if (name is "li") kind = DraftLineKind.Item;
        Walk(element, depth);
        Flush();
        (kind, level) = outer;
    }

    private void Picture(IElement element)
    {
        var width = element.GetAttribute("width");
        if (element.GetAttribute("src") is not { Length: > 0 } src || width is "1" or "0") return;
        var address = src.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? null : DraftText.Clean(src);
        var alt = DraftText.Clean(element.GetAttribute("alt") ?? "");
        if (address is null) report.Warn("picture", $"A picture is inside the draft itself and was left out{(alt.Length > 0 ? $" (“{alt}”)" : "")}: save it as a file and add it.", lines.Count + 1);
        if (address is null) return;
        Flush();
        lines.Add(new DraftLine(DraftLineKind.Picture, "", alt, lines.Count + 1)
        {
            Image = new IssueImage { Src = DraftText.NoHolesInAddress(address), Alt = alt.Length > 0 ? alt : null }, Original = $"{alt} {address}",
        });
    }

    private void Flush()
    {
        var (markdown, plain, strong) = inline.Take();
        if (plain.Length == 0) return;
        // A dash typed by hand in a paragraph makes an item, as in plain text.
        var typed = kind == DraftLineKind.Text ? TextDraftReader.Line(plain, lines.Count + 1) : null;
        lines.Add(typed is { Kind: DraftLineKind.Item } && markdown.StartsWith(plain[..1], StringComparison.Ordinal)
            ? typed with { Markdown = markdown[1..].TrimStart(' ', '\u00A0', '-') }
            : new DraftLine(kind, markdown, plain, lines.Count + 1, level) { IsStrong = strong });
    }

    private static string? Address(IElement element) =>
        element.GetAttribute("href") is { } href && Uri.TryCreate(href.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https" or "mailto")
            ? DraftText.NoHolesInAddress(href.Trim()) : null;

    private static bool IsHidden(IElement element) =>
        element.HasAttribute("hidden") || element.GetAttribute("style") is { } style && style.Replace(" ", "").Contains("display:none", StringComparison.OrdinalIgnoreCase);
}
