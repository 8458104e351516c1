using System.Text.RegularExpressions;
using CrankMailer.Authoring.Markdown;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Drafts;

/// <summary>The cited publishers in the last parenthesis of an item, as people write them: names, links, or both, parted by commas.</summary>
internal static partial class SourceList
{
    private const int LongestName = 60;

    [GeneratedRegex(@"[.!?…。][”“""’'»)\]*_]*$")]
    private static partial Regex EndsSentence { get; }

    [GeneratedRegex(@"(?:^|\s)(?<word>[\p{L}\p{N}])[^\s]*", RegexOptions.RightToLeft)]
    private static partial Regex Initials { get; }

    /// <summary>Splits the sources off; null when the line ends in none. A parenthesis left open or a stray period after it is forgiven.</summary>
    public static IReadOnlyList<Source>? Split(string markdown, out string text)
    {
        text = markdown;
        var line = markdown.TrimEnd(' ', '\u00A0').TrimEnd('.', ';', ',').TrimEnd(' ', '\u00A0');
        if (!line.EndsWith(')'))
        {
            var broken = DraftText.Spaced(line).LastIndexOf(" (", StringComparison.Ordinal);
            if (broken < 0 || line.Contains(')') && line.LastIndexOf(')') > broken || line.Length - broken > LongestName) return null;
            line += ")";
        }
        var open = Parenthesis.FindLast(line);
        if (open < 0) return null;
        var before = line[..open].TrimEnd(' ', '\u00A0');
        var sources = Parts(line[(open + 1)..^1]).Select(ReadSource).ToList();
        if (sources.Count == 0 || sources.Any(s => s.Name.Length is 0 or > LongestName)) return null;
        if (!EndsSentence.IsMatch(before) && !sources.All(s => s.Url is not null) && IsAbbreviation(before, sources)) return null;
        if (!EndsSentence.IsMatch(before) && sources.Any(s => s.Name.Length > 0 && char.IsLower(s.Name[0]) && s.Url is null)) return null;
        // "… with China (Reuters)." : the period belongs to the sentence.
        text = !EndsSentence.IsMatch(before) && markdown.TrimEnd(' ', '\u00A0').EndsWith('.') ? before + "." : before;
        return sources;
    }

    /// <summary>"Shanghai Cooperation Organization (SCO)" explains itself and cites nobody.</summary>
    private static bool IsAbbreviation(string before, List<Source> sources)
    {
        if (sources is not [{ Name: { Length: >= 2 and <= 6 } name }] || !name.All(char.IsUpper)) return false;
        var initials = string.Concat(Initials.Matches(before).Take(name.Length + 3).Select(m => m.Groups["word"].Value).Reverse());
        return initials.Where(char.IsUpper).TakeLast(name.Length).SequenceEqual(name);
    }

    /// <summary>Parts at commas and semicolons outside of links.</summary>
    private static IEnumerable<string> Parts(string inside)
    {
        var start = 0;
        for (int i = 0, depth = 0; i < inside.Length; i++)
        {
            if (inside[i] == '\\') { i++; continue; }
            if (inside[i] is '[' or '(') depth++;
            else if (inside[i] is ']' or ')') depth--;
            else if (inside[i] is ',' or ';' && depth == 0)
            {
                yield return inside[start..i];
                start = i + 1;
            }
        }
        yield return inside[start..];
    }

    private static Source ReadSource(string part)
    {
        var text = DraftText.Clean(part);
        if (Link.TryRead(text, Holes.Mask(text), 0) is not { } link) return new Source { Name = Name(text) };
        var rest = text[link.End..].Trim();
        return new Source { Name = Name(rest.Length == 0 ? link.Label : $"{link.Label} {rest}"), Url = link.Url };
    }

    private static string Name(string markdown) => DraftText.Clean(PlainText.Unescape(markdown.Trim('*', '_', ' ')));
}
