using System.Text;
using CrankMailer.Mjml.Syntax;

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

            var brace = IndexOutside(text, at, "{");
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

            if (value.Length > 0)
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
            if (EndOfOpaque(text, i) is var end && end > i)
            {
                i = end;
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
        if (IndexOutside(block, 0, "{") >= 0)
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
        var mark = IndexOutside(text, at, "{;");
        var end = mark >= 0 && text[mark] == '{' ? EndOfBlock(text, mark) : mark;
        return end < 0 ? text.Length : end + 1;
    }

    private static int EndOfBlock(string text, int brace)
    {
        var depth = 0;
        for (var i = brace; i < text.Length; i++)
        {
            var end = EndOfOpaque(text, i);
            switch (end > i ? ' ' : text[i])
            {
                case '{':
                    depth++;
                    break;
                case '}' when --depth == 0:
                    return i;
            }

            i = end;
        }

        return -1;
    }

    private static int IndexOutside(string text, int at, string wanted)
    {
        for (var i = at; i < text.Length; i++)
        {
            var end = EndOfOpaque(text, i);
            if (end == i && wanted.Contains(text[i], StringComparison.Ordinal))
            {
                return i;
            }

            i = end;
        }

        return -1;
    }

    // Offset of the last character of a quoted text or of template code {{ … }} that starts at i; i itself where neither does.
    private static int EndOfOpaque(string text, int i)
    {
        if (text[i] is '"' or '\'')
        {
            return text.IndexOf(text[i], i + 1) is var close and >= 0 ? close : text.Length;
        }

        return text[i] == '{' && i + 1 < text.Length && text[i + 1] == '{' && TagScanner.EndOfHole(text, i) is var end and >= 0 ? end - 1 : i;
    }
}

/// <summary>One selector (no list) and what it sets.</summary>
internal sealed record StyleRule(string Selector, List<StyleDeclaration> Declarations);

internal readonly record struct StyleDeclaration(string Property, string Value, bool Important)
{
    /// <summary>Custom properties and generated content mean nothing in mail clients' style attributes.</summary>
    public bool IsWritten => !Property.StartsWith("--", StringComparison.Ordinal) && Property != "content";
}
