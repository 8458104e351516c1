using System.Text;
using System.Text.RegularExpressions;
using CrankMailer.Rendering.Prose;

namespace CrankMailer.Rendering.Layout;

/// <summary>
/// Breaks the finished text mail into lines. A theme writes each paragraph as one long line; lists and quotes keep their indent, a line of
/// three or more = or - under another line grows to its width, and several blank lines become one.
/// </summary>
internal static partial class TextLayout
{
    /// <summary>Columns of a line: readable everywhere, and below the 76 at which quoting clients break again.</summary>
    public const int Width = 72;

    public static string Apply(string text)
    {
        var lines = new List<string>();
        var widest = 0; // of the broken paragraph above, for a rule under it
        foreach (var raw in text.Replace("\r\n", "\n").Split('\n'))
        {
            var line = raw.TrimEnd();
            if (line.Length == 0)
            {
                if (lines.Count > 0 && lines[^1].Length > 0) lines.Add("");
                widest = 0;
            }
            else if (widest > 0 && RuleLine().IsMatch(line)) lines.Add(new string(line[0], Math.Min(Width, widest)));
            else
            {
                var start = lines.Count;
                Break(line, lines);
                widest = lines.Skip(start).Max(l => TextWidth.Of(l));
            }
        }
        while (lines.Count > 0 && lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        return string.Join('\n', lines).Replace(Markers.HardSpace, ' ') + "\n";
    }

    private static void Break(string line, List<string> lines)
    {
        var lead = Lead().Match(line);
        var hanging = lead.Groups["indent"].Value + new string(' ', lead.Groups["marker"].Length);
        var current = new StringBuilder(lead.Value);
        var width = TextWidth.Of(lead.Value);
        var (start, hasWord) = (width, false);
        foreach (var word in TextWords.Of(line[lead.Length..]))
        {
            var gap = hasWord && word.HasSpaceBefore ? 1 : 0;
            if (hasWord && width + gap + word.Width > Width)
            {
                lines.Add(current.ToString().TrimEnd());
                current.Clear().Append(hanging);
                (width, gap) = (start, 0);
            }
            if (gap == 1) current.Append(' ');
            current.Append(word.Text);
            width += gap + word.Width;
            hasWord = true;
        }
        lines.Add(current.ToString().TrimEnd());
    }

    [GeneratedRegex(@"^(=|-){3,}$")]
    private static partial Regex RuleLine();

    [GeneratedRegex(@"^(?<indent>\s*(?:> ?)*\s*)(?<marker>(?:[-*•] |\d{1,3}[.)] |\[\d{1,4}\] )?)")]
    private static partial Regex Lead();
}
