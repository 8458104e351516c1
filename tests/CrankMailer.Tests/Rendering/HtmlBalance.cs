using System.Text.RegularExpressions;

namespace CrankMailer.Tests.Rendering;

/// <summary>Whether every element that is opened is closed, in order: a browser mends it, Outlook does not.</summary>
internal static partial class HtmlBalance
{
    private static readonly HashSet<string> Void = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

    /// <summary>Null where the HTML is balanced, else what is not. Outlook's conditional parts are balanced with the rest or among themselves.</summary>
    public static string? Mistake(string html)
    {
        var visible = Comment().Replace(html, "");
        var open = new Stack<string>();
        foreach (Match tag in Tag().Matches(visible))
        {
            var name = tag.Groups["name"].Value.ToLowerInvariant();
            if (Void.Contains(name) || tag.Value.EndsWith("/>", StringComparison.Ordinal)) continue;
            if (tag.Groups["close"].Length == 0) open.Push(name);
            else if (!open.TryPop(out var last) || last != name) return $"</{name}> at {tag.Index} closes <{last}>: {visible[Math.Max(0, tag.Index - 80)..Math.Min(visible.Length, tag.Index + 40)]}";
        }
        return open.Count == 0 ? null : $"<{open.Peek()}> is never closed";
    }

    [GeneratedRegex("<!--.*?-->|<style[^>]*>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("<(?<close>/?)(?<name>[a-zA-Z][a-zA-Z0-9]*)\\b(?:[^>\"]|\"[^\"]*\")*>")]
    private static partial Regex Tag();
}
