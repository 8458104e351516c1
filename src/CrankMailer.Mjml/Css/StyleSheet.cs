using System.Text;

namespace CrankMailer.Mjml.Css;

/// <summary>The plain rules of a style sheet. At-rules and comments are passed over: neither can stand in a style attribute.</summary>
internal static class StyleSheet
{
    public static List<StyleRule> Parse(string css)
    {
        var rules = new List<StyleRule>();
        var text = WithoutComments(css);
        var at = 0;
        while (at < text.Length)
        {
            at = Skip(text, at);
            if (at < text.Length && text[at] == '@')
            {
                at = EndOfAtRule(text, at);
                continue;
            }

            var brace = IndexOutsideQuotes(text, at, "{");
            if (brace < 0)
            {
                break;
            }

            var end = EndOfBlock(text, brace);
            if (end < 0)
            {
                break;
            }

            Add(rules, text[at..brace], text[(brace + 1)..end]);
            at = end + 1;
        }

        return rules;
    }

    /// <summary>The declarations of a style attribute or rule.</summary>
    public static List<StyleDeclaration> Declarations(string block)
    {
        var declarations = new List<StyleDeclaration>();
        foreach (var part in SplitOutside(block, ';'))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                continue;
            }

            var property = part[..colon].Trim();
            var value = part[(colon + 1)..].Trim();
            var mark = value.LastIndexOf('!');
            var important = mark >= 0 && value[(mark + 1)..].Trim().Equals("important", StringComparison.OrdinalIgnoreCase);
            value = important ? value[..mark].TrimEnd() : value;

            // Custom properties and generated content mean nothing in mail clients' style attributes.
            if (value.Length > 0 && !property.StartsWith("--", StringComparison.Ordinal) && property != "content")
            {
                declarations.Add(new StyleDeclaration(property, value, important));
            }
        }

        return declarations;
    }

    /// <summary>Parts between separators that stand in no quotes and brackets.</summary>
    internal static List<string> SplitOutside(string text, char separator)
    {
        var parts = new List<string>();
        var start = 0;
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '"' or '\'')
            {
                var close = text.IndexOf(c, i + 1);
                i = close < 0 ? text.Length : close;
            }
            else if (c is '(' or '[')
            {
                depth++;
            }
            else if (c is ')' or ']')
            {
                depth--;
            }
            else if (c == separator && depth <= 0)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    private static void Add(List<StyleRule> rules, string selectors, string block)
    {
        // A brace inside means that one is missing before: nothing of it can be trusted.
        if (block.Contains('{', StringComparison.Ordinal))
        {
            return;
        }

        var declarations = Declarations(block);
        foreach (var selector in SplitOutside(selectors, ','))
        {
            if (declarations.Count > 0 && selector.Trim() is { Length: > 0 } trimmed)
            {
                rules.Add(new StyleRule(trimmed, declarations));
            }
        }
    }

    private static string WithoutComments(string css)
    {
        var start = css.IndexOf("/*", StringComparison.Ordinal);
        if (start < 0)
        {
            return css;
        }

        var plain = new StringBuilder(css.Length);
        var done = 0;
        while (start >= 0)
        {
            plain.Append(css, done, start - done).Append(' ');
            var end = css.IndexOf("*/", start + 2, StringComparison.Ordinal);
            done = end < 0 ? css.Length : end + 2;
            start = css.IndexOf("/*", done, StringComparison.Ordinal);
        }

        return plain.Append(css, done, css.Length - done).ToString();
    }

    private static int Skip(string text, int at)
    {
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] is '}' or ';'))
        {
            at++;
        }

        return at;
    }

    private static int EndOfAtRule(string text, int at)
    {
        var mark = IndexOutsideQuotes(text, at, "{;");
        var end = mark >= 0 && text[mark] == '{' ? EndOfBlock(text, mark) : mark;
        return end < 0 ? text.Length : end + 1;
    }

    private static int EndOfBlock(string text, int brace)
    {
        var depth = 0;
        for (var i = brace; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' or '\'':
                    var close = text.IndexOf(text[i], i + 1);
                    i = close < 0 ? text.Length : close;
                    break;
                case '{':
                    depth++;
                    break;
                case '}' when --depth == 0:
                    return i;
            }
        }

        return -1;
    }

    private static int IndexOutsideQuotes(string text, int at, string wanted)
    {
        for (var i = at; i < text.Length; i++)
        {
            if (wanted.Contains(text[i], StringComparison.Ordinal))
            {
                return i;
            }

            if (text[i] is '"' or '\'')
            {
                var close = text.IndexOf(text[i], i + 1);
                i = close < 0 ? text.Length : close;
            }
        }

        return -1;
    }
}

/// <summary>One selector (no list) and what it sets.</summary>
internal sealed record StyleRule(string Selector, List<StyleDeclaration> Declarations);

internal readonly record struct StyleDeclaration(string Property, string Value, bool Important);
