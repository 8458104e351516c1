namespace CrankMailer.Mjml.Css;

/// <summary>
/// How strong a selector is: ids, then classes and attributes, then types. Pseudo-classes count as types, other than in
/// CSS (Selectors 4 §16): so does mjml, and which of two rules wins must not differ from it.
/// </summary>
internal readonly record struct Specificity(int Ids, int Classes, int Types) : IComparable<Specificity>
{
    /// <summary>Of a style attribute.</summary>
    public static readonly Specificity Inline = new(int.MaxValue, 0, 0);

    public static Specificity Of(ReadOnlySpan<char> selector)
    {
        int ids = 0, classes = 0, types = 0;
        for (var i = 0; i < selector.Length; i++)
        {
            switch (selector[i])
            {
                case '#':
                    ids++;
                    i = EndOfName(selector, i + 1);
                    break;
                case '.':
                    classes++;
                    i = EndOfName(selector, i + 1);
                    break;
                case '[':
                    classes++;
                    i = selector[i..].IndexOf(']') is var end and >= 0 ? i + end : selector.Length;
                    break;
                case ':':
                    var name = i + 1;
                    i = EndOfName(selector, name);

                    // What stands in :not() counts, :not itself does not: reading simply goes on inside.
                    if (!selector[name..Math.Min(i + 1, selector.Length)].SequenceEqual("not"))
                    {
                        types++;
                        i = i + 1 < selector.Length && selector[i + 1] == '(' && selector[i..].IndexOf(')') is var close and >= 0 ? i + close : i;
                    }

                    break;
                case var c when char.IsLetter(c):
                    types++;
                    i = EndOfName(selector, i);
                    break;
            }
        }

        return new Specificity(ids, classes, types);
    }

    public int CompareTo(Specificity other) =>
        Ids != other.Ids ? Ids.CompareTo(other.Ids)
        : Classes != other.Classes ? Classes.CompareTo(other.Classes)
        : Types.CompareTo(other.Types);

    // Offset of the last letter of the name.
    private static int EndOfName(ReadOnlySpan<char> selector, int at)
    {
        while (at < selector.Length && (char.IsLetterOrDigit(selector[at]) || selector[at] is '-' or '_' || selector[at] > '\x7f'))
        {
            at++;
        }

        return at - 1;
    }
}
