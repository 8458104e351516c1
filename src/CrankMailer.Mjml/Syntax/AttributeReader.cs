namespace CrankMailer.Mjml.Syntax;

/// <summary>Reads the attributes of a start tag.</summary>
internal static class AttributeReader
{
    /// <summary>No element has that many; looking for doubles among more would take too long.</summary>
    public const int Most = 200;

    /// <summary>Reads from behind the tag's name to behind its <c>&gt;</c>. False when the text ends before that.</summary>
    public static bool Read(string text, ref int at, MjmlElement element, out bool selfClosed)
    {
        selfClosed = false;
        while (true)
        {
            at = TagScanner.SkipSpace(text, at);
            if (at >= text.Length)
            {
                return false;
            }

            if (text[at] == '>')
            {
                at++;
                return true;
            }

            if (text[at] == '/')
            {
                at++;
                selfClosed = at < text.Length && text[at] == '>';
            }
            else if (!ReadOne(text, ref at, element))
            {
                return false;
            }
        }
    }

    private static bool ReadOne(string text, scoped ref int at, MjmlElement element)
    {
        var start = at;
        at++;
        while (at < text.Length && text[at] is not ('=' or '>' or '/') && !char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        var name = text.AsSpan(start, at - start);
        var behind = TagScanner.SkipSpace(text, at);
        var value = ReadOnlySpan<char>.Empty;
        if (behind < text.Length && text[behind] == '=')
        {
            at = TagScanner.SkipSpace(text, behind + 1);
            if (!ReadValue(text, ref at, out value))
            {
                return false;
            }
        }

        Give(element, name, value);
        return true;
    }

    private static bool ReadValue(string text, scoped ref int at, out ReadOnlySpan<char> value)
    {
        var start = at;
        if (at < text.Length && text[at] is '"' or '\'')
        {
            var close = TagScanner.EndOfQuoted(text, at);
            value = close < 0 ? default : text.AsSpan(start + 1, close - start - 1);
            at = close + 1;
            return close >= 0;
        }

        while (at < text.Length && text[at] != '>' && !char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        value = text.AsSpan(start, at - start);
        return true;
    }

    // The first of two attributes of one name holds, as in XML readers and browsers.
    private static void Give(MjmlElement element, ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (element.Given is { } given)
        {
            if (given.Count >= Most)
            {
                return;
            }

            foreach (var attribute in given)
            {
                if (name.SequenceEqual(attribute.Name))
                {
                    return;
                }
            }
        }

        var known = element.Component?.Attributes.Find(name);
        var text = known?.Name ?? (name is "css-class" ? "css-class" : name is "mj-class" ? "mj-class" : name.ToString());
        element.Give(new GivenAttribute(text, value.ToString(), known));
    }
}
