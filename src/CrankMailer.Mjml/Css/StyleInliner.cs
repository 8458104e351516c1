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
            if (blocks[i] is { } matched && !NotSeen.Contains(tag.Name))
            {
                Merge(tag, matched);
            }
        }
    }

    // Each declaration in the order of the document, what stands at the element first, against the one that stands so far.
    private static void Merge(HtmlTag tag, List<Block> blocks)
    {
        blocks.Insert(0, new Block(StyleSheet.Declarations(tag.Find("style") ?? ""), Specificity.Inline, -1));
        var standing = new Dictionary<string, List<Claim>>();
        foreach (var block in blocks)
        {
            foreach (var declaration in block.Declarations)
            {
                var claim = new Claim(declaration, block);
                if (!standing.TryGetValue(declaration.Property, out var rivals))
                {
                    standing.Add(declaration.Property, [claim]);
                }
                else if (claim.IsAtLeast(rivals[^1]))
                {
                    // A rule that says a thing twice, for old readers and for new ones, keeps both.
                    rivals.RemoveAll(rival => rival.Block != block);
                    rivals.Add(claim);
                }
            }
        }

        var kept = standing.Values.SelectMany(claims => claims).Order().Select(claim => claim.Declaration).ToList();
        if (Text(kept) is { Length: > 0 } style)
        {
            tag.Set("style", style);
        }

        TableAttributes.Apply(tag, kept);
    }

    private static string Text(List<StyleDeclaration> declarations)
    {
        var text = new StringBuilder();
        foreach (var declaration in declarations.Where(d => d.IsWritten))
        {
            text.Append(text.Length == 0 ? "" : " ").Append(declaration.Property).Append(": ")
                .Append(WithSingleQuotes(declaration.Value)).Append(';');
        }

        return text.ToString();
    }

    // Quotes of template code are none of CSS.
    private static string WithSingleQuotes(string value) =>
        value.Contains("{{", StringComparison.Ordinal) ? value : value.Replace('"', '\'');

    private sealed record Block(List<StyleDeclaration> Declarations, Specificity Specificity, int Order);

    private readonly record struct Claim(StyleDeclaration Declaration, Block Block) : IComparable<Claim>
    {
        public bool IsAtLeast(Claim other) => CompareTo(other) >= 0;

        public int CompareTo(Claim other) =>
            Declaration.Important != other.Declaration.Important ? Declaration.Important.CompareTo(other.Declaration.Important)
            : Block.Specificity != other.Block.Specificity ? Block.Specificity.CompareTo(other.Block.Specificity)
            : Block.Order.CompareTo(other.Block.Order);
    }
}
