using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Css;

/// <summary>Finds the tags of written HTML. Comments, style sheets, scripts and template code are stepped over.</summary>
internal static class HtmlTags
{
    /// <summary>Calls back for each start tag, each end tag (with its offset) and text between tags, in order.</summary>
    public static void Read(string html, Action<HtmlTag> onStart, Action<string, int> onEnd, Action onText)
    {
        var at = 0;
        while (at < html.Length)
        {
            var step = html.AsSpan(at).IndexOfAny('<', '{');
            if (step < 0 || at + step + 1 >= html.Length)
            {
                return;
            }

            at += step;
            if (step > 0 || html[at] == '{')
            {
                onText();
            }

            at = html[at] == '{' ? SkipHole(html, at) : ReadMarkup(html, at, onStart, onEnd);
        }
    }

    private static int SkipHole(string html, int at)
    {
        var end = html[at + 1] == '{' ? TagScanner.EndOfHole(html, at) : -1;
        return end < 0 ? at + 1 : end;
    }

    private static int ReadMarkup(string html, int at, Action<HtmlTag> onStart, Action<string, int> onEnd)
    {
        var next = html[at + 1];
        if (next is '!' or '?')
        {
            var end = TagScanner.EndOfMarkup(html, at);
            return end < 0 ? html.Length : end;
        }

        if (next == '/')
        {
            var nameEnd = TagScanner.EndOfName(html, at + 2);
            onEnd(html[(at + 2)..nameEnd].ToLowerInvariant(), at);
            var close = html.IndexOf('>', nameEnd);
            return close < 0 ? html.Length : close + 1;
        }

        return char.IsAsciiLetter(next) ? ReadStart(html, at, onStart) : at + 1;
    }

    private static int ReadStart(string html, int at, Action<HtmlTag> onStart)
    {
        var nameEnd = TagScanner.EndOfName(html, at + 1);
        var close = TagScanner.EndOfTag(html, nameEnd);
        if (close < 0)
        {
            return html.Length;
        }

        var tag = new HtmlTag(html, at, close + 1)
        {
            Name = html[(at + 1)..nameEnd].ToLowerInvariant(),
            IsSelfClosed = html[close - 1] == '/',
        };
        ReadAttributes(html, nameEnd, close, tag);
        onStart(tag);
        if (tag.Name is "style" or "script" or "title" or "textarea")
        {
            var end = html.IndexOf("</" + tag.Name, close, StringComparison.OrdinalIgnoreCase);
            return end < 0 ? html.Length : end;
        }

        return close + 1;
    }

    private static void ReadAttributes(string html, int at, int end, HtmlTag tag)
    {
        while (true)
        {
            while (at < end && (char.IsWhiteSpace(html[at]) || html[at] == '/'))
            {
                at++;
            }

            if (at >= end)
            {
                return;
            }

            var start = at++;
            while (at < end && html[at] is not ('=' or '/') && !char.IsWhiteSpace(html[at]))
            {
                at++;
            }

            var name = html[start..at].ToLowerInvariant();
            var value = ReadValue(html, ref at, end);
            tag.Attributes.Add(new TagAttribute(name, value, start, at));
        }
    }

    private static string ReadValue(string html, ref int at, int end)
    {
        var equals = TagScanner.SkipSpace(html, at);
        if (equals >= end || html[equals] != '=')
        {
            return "";
        }

        at = TagScanner.SkipSpace(html, equals + 1);
        if (at < end && html[at] is '"' or '\'')
        {
            var close = TagScanner.EndOfQuoted(html, at);
            close = close < 0 || close > end ? end : close;
            var quoted = html[(at + 1)..close];
            at = Math.Min(close + 1, end);
            return quoted;
        }

        var start = at;
        while (at < end && !char.IsWhiteSpace(html[at]))
        {
            at++;
        }

        return html[start..at];
    }
}
