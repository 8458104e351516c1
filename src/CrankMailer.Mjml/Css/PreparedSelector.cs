using AngleSharp;
using AngleSharp.Css.Dom;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;

namespace CrankMailer.Mjml.Css;

/// <summary>
/// A selector taken apart at its combinators, so that one walk over a document finds what it matches. A matcher that
/// starts anew at each element and tries every ancestor takes <c>* * * * b</c> as an invitation to run for hours.
/// </summary>
internal sealed class PreparedSelector
{
    // One bit each while matching.
    private const int MostParts = 60;

    // Parsers and matchers of pseudo-classes recurse.
    private const int Longest = 1_000;

    private static readonly ICssSelectorParser Parser =
        BrowsingContext.New(Configuration.Default).GetService<ICssSelectorParser>()
        ?? throw new InvalidOperationException("AngleSharp has no selector parser.");

    private readonly List<(char Combinator, ISelector Compound)> parts = [];

    /// <summary>Steps of a walk for each element, next to which others do not count.</summary>
    public int Parts => parts.Count;

    /// <summary>True when a compound counts siblings: :nth-child and its kin.</summary>
    public bool CountsSiblings { get; private init; }

    /// <summary>Null where it is no selector: browsers pass over such a rule, too.</summary>
    public static PreparedSelector? Find(string selector)
    {
        if (selector.Length > Longest)
        {
            return null;
        }

        var prepared = new PreparedSelector { CountsSiblings = selector.Contains("-child", StringComparison.Ordinal) || selector.Contains("-of-type", StringComparison.Ordinal) };
        foreach (var (combinator, text) in SelectorParts.Of(selector))
        {
            if (text.Length == 0 || prepared.parts.Count == MostParts || Compound(text) is not { } compound)
            {
                return null;
            }

            prepared.parts.Add((combinator, compound));
        }

        return prepared.parts.Count == 0 ? null : prepared;
    }

    /// <summary>Calls back for each element that matches, in the order of the document.</summary>
    public void Match(IReadOnlyList<MirroredElement> elements, Action<int> onMatch)
    {
        // By element: which starts of the selector end at it; at it or above it; at it or at a sibling before it.
        var here = new ulong[elements.Count];
        var above = new ulong[elements.Count];
        var before = new ulong[elements.Count];
        for (var i = 0; i < elements.Count; i++)
        {
            var (element, _, parent, previous) = elements[i];
            for (var part = 0; part < parts.Count; part++)
            {
                var reached = part == 0 || parts[part].Combinator switch
                {
                    '>' => Has(here, parent, part - 1),
                    '+' => Has(here, previous, part - 1),
                    '~' => Has(before, previous, part - 1),
                    _ => Has(above, parent, part - 1),
                };
                if (reached && parts[part].Compound.Match(element, null))
                {
                    here[i] |= 1UL << part;
                }
            }

            above[i] = here[i] | (parent < 0 ? 0 : above[parent]);
            before[i] = here[i] | (previous < 0 ? 0 : before[previous]);
            if (Has(here, i, parts.Count - 1))
            {
                onMatch(i);
            }
        }
    }

    private static bool Has(ulong[] bits, int element, int part) => element >= 0 && (bits[element] & (1UL << part)) != 0;

    private static ISelector? Compound(string text)
    {
        try
        {
            return Parser.ParseSelector(text);
        }
        catch (DomException)
        {
            return null;
        }
    }
}
