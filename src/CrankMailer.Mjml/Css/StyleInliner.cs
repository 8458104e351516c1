using System.Collections.Frozen;
using System.Text;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Css;

/// <summary>
/// Writes the rules of mj-style inline="inline" into the style attributes of what they match. What stands there already
/// is stronger than any rule that is not !important; of rules the more specific one wins, then the later one.
/// </summary>
internal sealed class StyleInliner
{
    // What a reader does, or what no attribute can hold, is no business of a style attribute.
    private static readonly string[] Live = [":hover", ":active", ":focus", ":visited", ":link", "::"];

    private static readonly FrozenSet<string> NotSeen =
        FrozenSet.Create("head", "title", "base", "link", "style", "meta", "script", "noscript");

    private readonly List<(PreparedSelector Selector, StyleRule Rule)> rules = [];

    public StyleInliner(IEnumerable<string> styleSheets)
    {
        foreach (var rule in StyleSheet.Parse(string.Concat(styleSheets)))
        {
            if (!Live.Any(l => rule.Selector.Contains(l, StringComparison.OrdinalIgnoreCase)) && PreparedSelector.Find(rule.Selector) is { } selector)
            {
                rules.Add((selector, rule));
            }
        }
    }

    public void Apply(HtmlMirror mirror, SelectorBudget budget)
    {
        var blocks = new List<Block>?[mirror.Elements.Count];
        for (var i = 0; i < rules.Count; i++)
        {
            var block = new Block(rules[i].Rule.Declarations, Specificity.Of(rules[i].Rule.Selector), i);
            budget.Match(rules[i].Selector, element => (blocks[element] ??= []).Add(block));
        }

        for (var i = 0; i < blocks.Length; i++)
        {
            var tag = mirror.Elements[i].Tag;
            if (NotSeen.Contains(tag.Name))
            {
                continue;
            }

            // Who asks for inline styles has HTML readers in mind.
            tag.NeedsEndTag = tag.IsSelfClosed && !HtmlNesting.IsVoid(tag.Name);
            if (blocks[i] is { } matched)
            {
                Merge(tag, matched);
            }
        }
    }

    private static void Merge(HtmlTag tag, List<Block> blocks)
    {
        blocks.Add(new Block(StyleSheet.Declarations(tag.Find("style") ?? ""), Specificity.Inline, int.MaxValue));
        blocks.Sort((a, b) => a.Specificity != b.Specificity ? a.Specificity.CompareTo(b.Specificity) : a.Order.CompareTo(b.Order));
        var winners = new Dictionary<string, (int Block, bool Important)>();
        for (var i = 0; i < blocks.Count; i++)
        {
            foreach (var declaration in blocks[i].Declarations)
            {
                if (declaration.Important || !winners.TryGetValue(declaration.Property, out var known) || !known.Important)
                {
                    winners[declaration.Property] = (i, declaration.Important);
                }
            }
        }

        var kept = blocks.SelectMany((block, i) => block.Declarations.Where(d => winners[d.Property].Block == i)).ToList();
        tag.Set("style", Text(kept));
        TableAttributes.Apply(tag, kept);
    }

    private static string Text(List<StyleDeclaration> declarations)
    {
        var text = new StringBuilder();
        foreach (var declaration in declarations)
        {
            text.Append(text.Length == 0 ? "" : " ").Append(declaration.Property).Append(": ")
                .Append(declaration.Value.Replace('"', '\'')).Append(';');
        }

        return text.ToString();
    }

    private sealed record Block(List<StyleDeclaration> Declarations, Specificity Specificity, int Order);
}
