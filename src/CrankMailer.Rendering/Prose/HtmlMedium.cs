using System.Text;

namespace CrankMailer.Rendering.Prose;

/// <summary>Values as HTML: escaped, with the theme's inline styles on prose.</summary>
internal sealed class HtmlMedium(HoleBag holes, bool editorHoles, ProseStyles styles, Func<string?, string?> pictures) : Medium(holes, editorHoles)
{
    private readonly List<LinkedPlace> links = [];

    /// <summary>Every content link written, in order, so that the finished HTML's links can be told to which item they belong.</summary>
    public IReadOnlyList<LinkedPlace> Links => links;

    public override string Plain(string? value)
    {
        var escaped = new StringBuilder();
        AppendText(escaped, Markers.Clean(value));
        return escaped.ToString();
    }

    public override string Inline(string markdown, Place place, bool isLinked = false)
    {
        var html = new StringBuilder();
        new HtmlProse(this, styles, place, isLinked).Write(MarkdownReader.Inline(Markers.Clean(markdown)), html);
        return html.ToString().Trim();
    }

    public override string Block(string markdown, Place place, int under)
    {
        var html = new StringBuilder();
        new HtmlProse(this, styles, place, isLinked: false).Write(MarkdownReader.Block(ReadyBlock(markdown, place)), html, new HeadingLevels(under));
        return html.ToString().TrimEnd('\n');
    }

    public override LinkTarget? Link(string? url, Place place)
    {
        if (CheckedUrl(url, place) is not { } safe) return null;
        links.Add(new LinkedPlace(safe, place));
        return new LinkTarget(Written(safe), null);
    }

    public override string? Picture(string? src) => pictures(src) is { } url ? Attribute(url) : null;

    public override IReadOnlyList<NumberedLink> TakeLinks() => [];

    protected override string Written(string url) => Attribute(url);

    /// <summary>Text for an attribute's value.</summary>
    public static string Attribute(string text)
    {
        var escaped = new StringBuilder(text.Length);
        AppendText(escaped, text);
        return escaped.Replace(Markers.HoleEnd, Markers.AttributeHoleEnd).ToString();
    }

    /// <summary>Escapes for text and quoted attributes alike. A brace becomes a character reference, so it never is code in phase 2.</summary>
    public static void AppendText(StringBuilder html, ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            _ = c switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#39;"),
                '{' => html.Append("&#123;"),
                '}' => html.Append("&#125;"),
                _ => html.Append(c),
            };
    }
}

/// <summary>A link as written and the field it stands in.</summary>
internal sealed record LinkedPlace(string Url, Place Place);
