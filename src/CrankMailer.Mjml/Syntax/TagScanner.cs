namespace CrankMailer.Mjml.Syntax;

/// <summary>Finds the ends of tags, comments and attribute values in markup, the way a forgiving XML reader does.</summary>
internal static class TagScanner
{
    public const string CommentStart = "<!--";
    public const string CDataStart = "<![CDATA[";

    // A brace pair far away belongs to something else; and the search must not make a 5 MB document quadratic.
    private const int LongestHole = 2000;

    /// <summary>Offset of the next <c>&lt;</c> that stands in no template code; -1 when there is none.</summary>
    public static int NextTag(string text, int at)
    {
        while (at < text.Length)
        {
            var tag = text.IndexOf('<', at);
            var hole = tag < 0 ? -1 : text.AsSpan(at, tag - at).LastIndexOf("{{");
            var end = hole < 0 ? -1 : EndOfHole(text, at + hole);
            if (end <= tag)
            {
                return tag;
            }

            at = end;
        }

        return -1;
    }

    /// <summary>Offset behind the name that starts at <paramref name="at"/>.</summary>
    public static int EndOfName(string text, int at)
    {
        while (at < text.Length && text[at] is not ('/' or '>' or ' ' or '\t' or '\r' or '\n' or '\f'))
        {
            at++;
        }

        return at;
    }

    /// <summary>Offset behind a comment, CDATA section, declaration or instruction that starts at <paramref name="at"/>; -1 when it never ends.</summary>
    public static int EndOfMarkup(string text, int at)
    {
        var rest = text.AsSpan(at);
        return rest.StartsWith(CommentStart) ? After(text, "-->", at + CommentStart.Length)
            : rest.StartsWith(CDataStart) ? After(text, "]]>", at + CDataStart.Length)
            : After(text, ">", at);
    }

    /// <summary>
    /// Offset of the <c>&gt;</c> that ends the tag whose name ends at <paramref name="at"/>, past quoted values that may
    /// hold one; -1 when it never ends.
    /// </summary>
    public static int EndOfTag(string text, int at)
    {
        while (at < text.Length)
        {
            at = text.AsSpan(at).IndexOfAny('>', '=') is var step and >= 0 ? at + step : text.Length;
            if (at >= text.Length)
            {
                break;
            }

            if (text[at] == '>')
            {
                return at;
            }

            at = SkipSpace(text, at + 1);
            if (at < text.Length && text[at] is '"' or '\'')
            {
                var close = EndOfQuoted(text, at);
                at = close < 0 ? text.Length : close + 1;
            }
        }

        return -1;
    }

    /// <summary>
    /// Offset of the quote that ends the value whose first quote is at <paramref name="quote"/>; -1 when there is none.
    /// A hole of template code may hold quotes of its own: <c>href="{{ x ?? "y" }}"</c>.
    /// </summary>
    public static int EndOfQuoted(string text, int quote)
    {
        var at = quote + 1;
        while (true)
        {
            var close = text.IndexOf(text[quote], at);
            if (close < 0)
            {
                return -1;
            }

            var hole = text.AsSpan(at, close - at).LastIndexOf("{{");
            var end = hole < 0 ? -1 : EndOfHole(text, at + hole);
            if (end <= close)
            {
                return close;
            }

            at = end;
        }
    }

    /// <summary>Offset behind the hole <c>{{ … }}</c> that starts at <paramref name="at"/>; -1 when it does not end on its line.</summary>
    public static int EndOfHole(string text, int at)
    {
        var rest = text.AsSpan(at + 2, Math.Min(LongestHole, text.Length - at - 2));
        var line = rest.IndexOf('\n');
        rest = line < 0 ? rest : rest[..line];
        var end = rest.IndexOf("}}");
        return end < 0 ? -1 : at + 2 + end + 2;
    }

    public static int SkipSpace(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private static int After(string text, string mark, int from)
    {
        var at = from > text.Length ? -1 : text.IndexOf(mark, from, StringComparison.Ordinal);
        return at < 0 ? -1 : at + mark.Length;
    }
}
