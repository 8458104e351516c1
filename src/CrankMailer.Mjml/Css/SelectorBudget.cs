using CrankMailer.Mjml.Rendering;

namespace CrankMailer.Mjml.Css;

/// <summary>How much matching one document may ask for: elements times rules grows fast.</summary>
internal sealed class SelectorBudget(HtmlMirror mirror)
{
    private long steps = 50_000_000;
    private long siblings = 2_000_000_000;

    public void Match(PreparedSelector selector, Action<int> onMatch)
    {
        steps -= (long)mirror.Elements.Count * selector.Parts;
        siblings -= selector.CountsSiblings ? (long)mirror.Elements.Count * mirror.MostSiblings : 0;
        if (steps < 0 || siblings < 0)
        {
            throw new DocumentTooLargeException("There are too many selectors (in inline styles or mj-html-attributes) for so large a document.");
        }

        selector.Match(mirror.Elements, onMatch);
    }
}
