using System.Collections.Frozen;

namespace CrankMailer.Mjml.Syntax;

/// <summary>What HTML lets authors leave out: end tags of elements without content, and those that the next start tag implies.</summary>
internal static class HtmlNesting
{
    private static readonly FrozenSet<string> Void = FrozenSet.Create(
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr");

    // Start tag → open elements it ends (HTML standard §13.1.2.4, as XML readers that forgive HTML have it).
    private static readonly FrozenDictionary<string, string[]> Closers = Table(
        ("li", "li"), ("dd dt", "dd dt"), ("option", "option"), ("optgroup", "optgroup option"), ("rt rp", "rt rp"),
        ("tr", "tr th td"), ("th", "th"), ("td", "thead th td"), ("tbody tfoot", "thead tbody"),
        ("input button select textarea output datalist", "input option optgroup select button datalist textarea"),
        ("p h1 h2 h3 h4 h5 h6 address article aside blockquote details div dl fieldset figcaption figure footer form header hr main nav ol pre section table ul", "p"));

    /// <summary>An element that has no content and no end tag: br, img …</summary>
    public static bool IsVoid(string tag) => Void.Contains(tag);

    /// <summary>True when the start of <paramref name="tag"/> ends an open element of the other name: a new row ends the last cell.</summary>
    public static bool Ends(string tag, string open) => Closers.TryGetValue(tag, out var ended) && ended.Contains(open);

    private static FrozenDictionary<string, string[]> Table(params (string Tags, string Ended)[] rows) =>
        rows.SelectMany(row => row.Tags.Split(' ').Select(tag => (Tag: tag, Ended: row.Ended.Split(' '))))
            .ToFrozenDictionary(row => row.Tag, row => row.Ended);
}
