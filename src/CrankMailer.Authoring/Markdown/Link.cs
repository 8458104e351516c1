using System.Text;
using System.Text.RegularExpressions;

namespace CrankMailer.Authoring.Markdown;

/// <summary>A link or picture as our structure uses it: <c>[label](address "title")</c>. The label is raw Markdown; address and title are decoded.</summary>
internal sealed partial record Link(string Label, string? Url, string? Title, int End)
{
    [GeneratedRegex(@"\\|&(?=(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")]
    private static partial Regex NeedsEscape { get; }

    /// <summary>Reads a link whose <c>[</c> stands at <paramref name="start"/>; null when there is none.</summary>
    public static Link? TryRead(string text, string masked, int start)
    {
        var close = EndOfLabel(masked, start);
        if (close < 0 || close + 1 >= masked.Length || masked[close + 1] != '(') return null;
        var at = SkipBlanks(masked, close + 2);
        if (!ReadAddress(masked, ref at, out var from, out var to)) return null;
        var url = DecodeAddress(text[from..to]);
        var blank = SkipBlanks(masked, at);
        string? title = null;
        if (blank > at && blank < masked.Length && masked[blank] == '"')
        {
            var end = EndOfTitle(masked, blank);
            if (end < 0) return null;
            title = PlainText.Unescape(text[(blank + 1)..end]);
            blank = SkipBlanks(masked, end + 1);
        }
        return blank < masked.Length && masked[blank] == ')'
            ? new Link(text[(start + 1)..close], url.Length == 0 ? null : url, string.IsNullOrEmpty(title) ? null : title, blank + 1)
            : null;
    }

    /// <summary>The address as it stands between the parentheses of a link.</summary>
    public static string WriteAddress(string? url, bool titleFollows = false)
    {
        if (string.IsNullOrEmpty(url)) return titleFollows ? "<>" : "";
        var escaped = OutsideHoles(url, part => NeedsEscape.Replace(part, @"\$0"));
        var masked = Holes.Mask(escaped);
        if (masked.AsSpan().ContainsAny(' ', '\t') || masked[0] == '<' || !Balanced(masked))
            return "<" + OutsideHoles(escaped, part => part.Replace("<", "\\<").Replace(">", "\\>")) + ">";
        return escaped;
    }

    public static string WriteTitle(string? title) => title is null ? "" : " \"" + NeedsEscape.Replace(title, @"\$0").Replace("\"", "\\\"") + "\"";

    private static string DecodeAddress(string raw) => OutsideHoles(raw, PlainText.Unescape);

    private static string OutsideHoles(string text, Func<string, string> change)
    {
        var masked = Holes.Mask(text);
        if (ReferenceEquals(masked, text)) return change(text);
        var result = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            var hole = masked[i] != text[i];
            var end = i;
            while (end < text.Length && masked[end] != text[end] == hole) end++;
            result.Append(hole ? text[i..end] : change(text[i..end]));
            i = end;
        }
        return result.ToString();
    }

    private static int EndOfLabel(string masked, int start)
    {
        if (start >= masked.Length || masked[start] != '[') return -1;
        for (int i = start, depth = 0; i < masked.Length; i++)
            if (masked[i] == '\\') i++;
            else if (masked[i] == '[') depth++;
            else if (masked[i] == ']' && --depth == 0) return i;
        return -1;
    }

    private static bool ReadAddress(string masked, ref int at, out int from, out int to)
    {
        var pointed = at < masked.Length && masked[at] == '<';
        from = to = pointed ? ++at : at;
        for (var depth = 0; at < masked.Length; at++)
        {
            if (masked[at] == '\\' && at + 1 < masked.Length && masked[at + 1] > ' ') { at++; continue; }
            if (pointed && masked[at] == '>') { to = at++; return true; }
            if (pointed && masked[at] is '\n' or '<') return false;
            if (pointed) continue;
            if (masked[at] is ' ' or '\t' or '\n' || masked[at] == ')' && depth == 0) { to = at; return true; }
            if (masked[at] == '(') depth++;
            else if (masked[at] == ')') depth--;
        }
        return false;
    }

    private static int EndOfTitle(string masked, int quote)
    {
        for (var i = quote + 1; i < masked.Length; i++)
            if (masked[i] == '\\') i++;
            else if (masked[i] == '"') return i;
        return -1;
    }

    private static bool Balanced(string masked)
    {
        var depth = 0;
        for (var i = 0; i < masked.Length && depth >= 0; i++)
            if (masked[i] == '\\') i++;
            else if (masked[i] == '(') depth++;
            else if (masked[i] == ')') depth--;
        return depth == 0;
    }

    private static int SkipBlanks(string masked, int at)
    {
        while (at < masked.Length && masked[at] is ' ' or '\t') at++;
        return at;
    }
}
