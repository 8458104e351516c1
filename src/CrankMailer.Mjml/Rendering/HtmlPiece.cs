using System.Collections.Frozen;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Rendering;

/// <summary>A tag, a comment, or text, of written HTML.</summary>
internal readonly record struct HtmlPiece(PieceKind Kind, int Start, int Length)
{
    private static readonly FrozenSet<string> InlineTags = FrozenSet.Create(
        "a", "abbr", "b", "bdi", "bdo", "big", "button", "cite", "code", "del", "dfn", "em", "font", "i", "img", "input", "ins", "kbd",
        "label", "mark", "q", "s", "samp", "select", "small", "span", "strike", "strong", "sub", "sup", "svg", "textarea", "time", "tt", "u", "var", "br", "wbr");

    private static readonly FrozenSet<string> AsIsTags = FrozenSet.Create("pre", "textarea", "script", "style");

    public ReadOnlySpan<char> In(string html) => html.AsSpan(Start, Length);

    /// <summary>The pieces in order. An element whose white space matters (pre, style …) is one piece.</summary>
    public static IEnumerable<HtmlPiece> Of(string html)
    {
        var at = 0;
        while (at < html.Length)
        {
            var piece = Next(html, at);
            yield return piece;
            at = piece.Start + piece.Length;
        }
    }

    private static HtmlPiece Next(string html, int at)
    {
        if (html[at] != '<' || at + 1 >= html.Length || !(char.IsAsciiLetter(html[at + 1]) || html[at + 1] is '/' or '!' or '?'))
        {
            return new HtmlPiece(PieceKind.Text, at, EndOfText(html, at) - at);
        }

        if (html[at + 1] is '!' or '?')
        {
            var end = TagScanner.EndOfMarkup(html, at);
            return new HtmlPiece(PieceKind.Comment, at, (end < 0 ? html.Length : end) - at);
        }

        return Tag(html, at);
    }

    private static HtmlPiece Tag(string html, int at)
    {
        var isEnd = html[at + 1] == '/';
        var nameStart = isEnd ? at + 2 : at + 1;
        var nameEnd = TagScanner.EndOfName(html, nameStart);
        var close = TagScanner.EndOfTag(html, nameEnd);
        var length = (close < 0 ? html.Length : close + 1) - at;
        var name = html[nameStart..nameEnd].ToLowerInvariant();
        if (!isEnd && AsIsTags.Contains(name) && close >= 0)
        {
            var end = html.IndexOf("</" + name, close, StringComparison.OrdinalIgnoreCase);
            var behind = end < 0 ? -1 : html.IndexOf('>', end);
            return new HtmlPiece(PieceKind.AsIs, at, (behind < 0 ? html.Length : behind + 1) - at);
        }

        var kind = InlineTags.Contains(name) ? PieceKind.Inline
            : isEnd ? PieceKind.BlockEnd
            : HtmlNesting.IsVoid(name) || (close > 0 && html[close - 1] == '/') ? PieceKind.BlockVoid
            : PieceKind.BlockStart;
        return new HtmlPiece(kind, at, length);
    }

    // Template code is text, whatever signs stand in it.
    private static int EndOfText(string html, int at)
    {
        var next = at + 1;
        if (html[at] == '{' && next < html.Length && html[next] == '{' && TagScanner.EndOfHole(html, at) is > 0 and var first)
        {
            next = first;
        }

        while (next < html.Length)
        {
            var step = html.AsSpan(next).IndexOfAny('<', '{');
            if (step < 0)
            {
                return html.Length;
            }

            next += step;
            if (html[next] == '<')
            {
                return next;
            }

            var end = next + 1 < html.Length && html[next + 1] == '{' ? TagScanner.EndOfHole(html, next) : -1;
            next = end < 0 ? next + 1 : end;
        }

        return html.Length;
    }
}

internal enum PieceKind
{
    Text,
    Inline,
    BlockStart,
    BlockEnd,
    BlockVoid,
    Comment,
    AsIs,
}
