using System.Text.RegularExpressions;

namespace CrankMailer.Authoring.Drafts;

/// <summary>
/// Tells a headline from a paragraph where nothing but the words is left: a headline is short, is one sentence, and does not end like one.
/// Blank lines are no help, since pasting loses and doubles them.
/// </summary>
internal static partial class Headline
{
    private const int Longest = 180;
    private const int LongestQuestion = 120;

    [GeneratedRegex(@"(?:\b\p{Lu}\.){2,}[”’""')\]]*$")]
    private static partial Regex EndsInInitials { get; }

    [GeneratedRegex(@"[.!?…][”’""')\]]*\s+[“‘""'(\[]?\p{Lu}")]
    private static partial Regex SentenceBreak { get; }

    [GeneratedRegex(@"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Adm|Sen|Rep|Gov|Pres|St|Prof|vs|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec)|\b\p{Lu})\.\s")]
    private static partial Regex Abbreviation { get; }

    /// <param name="next">The line after; null at the end of the section.</param>
    /// <param name="first">No headline has been found yet, so one is due.</param>
    public static bool Is(DraftLine line, DraftLine? next, bool first)
    {
        if (line.Kind == DraftLineKind.Heading) return true;
        if (line.Kind != DraftLineKind.Text || next is null) return false;
        var text = DraftText.Spaced(line.Plain);
        if (text.Length > Longest || SourceList.Split(line.Markdown, out var before) is not null && EndsLikeSentence(before)) return false;
        if (line.IsStrong) return true;
        if (SentenceBreak.IsMatch(Abbreviation.Replace(text, " "))) return false;
        if (EndsInInitials.IsMatch(text)) return text.Length <= LongestQuestion && next.Plain.Length > text.Length;
        return LastMark(text) switch
        {
            '?' or '!' => text.Length <= LongestQuestion,
            '.' or '…' => first && text.Length <= LongestQuestion && next.Plain.Length > text.Length * 2,
            ':' or ';' or ',' => false,
            _ => true,
        };
    }

    public static bool EndsLikeSentence(string text) => LastMark(DraftText.Spaced(text)) is '.' or '!' or '?' or '…' or '。';

    private static char LastMark(string text)
    {
        var end = text.TrimEnd(' ', '”', '’', '"', '\'', ')', ']', '»', '*', '_');
        return end.Length == 0 ? ' ' : end[^1];
    }
}
