using System.Net;
using System.Text.RegularExpressions;
using CrankMailer.Rendering.Prose;

namespace CrankMailer.Rendering;

/// <summary>The numbered links of an edition's HTML.</summary>
public static partial class Links
{
    /// <summary>
    /// The HTML with the address of each numbered link replaced, for click tracking. Personal links, mail and phone links and anchors are
    /// never touched (R153).
    /// </summary>
    public static string Rewrite(string html, Func<int, string, string> address)
    {
        var number = 0;
        return Href().Replace(html, match => UrlOf(match) is { } url
            ? match.Value[..(match.Groups["url"].Index - match.Index)] + HtmlMedium.Attribute(address(++number, url)) + "\""
            : match.Value);
    }

    /// <param name="written">The content's links in the order they were written: tells which item a link belongs to.</param>
    internal static IReadOnlyList<RenderedLink> Of(string html, IReadOnlyList<LinkedPlace> written)
    {
        var places = written.GroupBy(w => w.Url).ToDictionary(g => g.Key, g => new Queue<Place>(g.Select(w => w.Place)));
        return [.. Href().Matches(html).Select(UrlOf).OfType<string>().Select((url, i) =>
        {
            var place = places.TryGetValue(url, out var queue) ? queue.Count > 1 ? queue.Dequeue() : queue.Peek() : null;
            return new RenderedLink(i + 1, url, place?.ItemId, place?.Publisher);
        })];
    }

    // Null for what is no page of its own: anchors, mail, and links with a hole, whose address nobody knows before phase 2.
    private static string? UrlOf(Match match)
    {
        var url = WebUtility.HtmlDecode(match.Groups["url"].Value);
        return url.StartsWith("http", StringComparison.OrdinalIgnoreCase) && !url.Contains("{{", StringComparison.Ordinal) ? url : null;
    }

    [GeneratedRegex("<a\\s(?:[^>\"]|\"[^\"]*\")*?\\bhref=\"(?<url>[^\"]*)\"")]
    private static partial Regex Href();
}
