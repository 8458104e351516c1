namespace CrankMailer.Mjml.Css;

/// <summary>Takes a selector apart: compounds and what joins each to the one before it.</summary>
internal static class SelectorParts
{
    public static IEnumerable<(char Combinator, string Compound)> Of(string selector)
    {
        var combinator = ' ';
        var at = 0;
        while (at < selector.Length)
        {
            var end = EndOfCompound(selector, at);
            yield return (combinator, selector[at..end]);
            combinator = ' ';
            for (at = end; at < selector.Length && (char.IsWhiteSpace(selector[at]) || selector[at] is '>' or '+' or '~'); at++)
            {
                combinator = char.IsWhiteSpace(selector[at]) ? combinator : selector[at];
            }
        }
    }

    private static int EndOfCompound(string selector, int at)
    {
        var depth = 0;
        for (; at < selector.Length; at++)
        {
            var c = selector[at];
            if (c is '"' or '\'')
            {
                var close = selector.IndexOf(c, at + 1);
                at = close < 0 ? selector.Length - 1 : close;
            }
            else if (c is '(' or '[')
            {
                depth++;
            }
            else if (c is ')' or ']')
            {
                depth--;
            }
            else if (depth <= 0 && (char.IsWhiteSpace(c) || c is '>' or '+' or '~'))
            {
                return at;
            }
        }

        return selector.Length;
    }
}
