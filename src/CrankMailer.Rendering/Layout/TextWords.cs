using System.Text;
using CrankMailer.Rendering.Prose;

namespace CrankMailer.Rendering.Layout;

/// <summary>What must stay on one line, and whether a space stands before it.</summary>
internal sealed record TextWord(string Text, int Width, bool HasSpaceBefore);

/// <summary>Cuts a line at its break opportunities: spaces, and between wide characters, which know no spaces. Holes stay whole.</summary>
internal static class TextWords
{
    // Unicode TR 14, the punctuation no line begins (CL, EX, NS) or ends (OP) with in Chinese, Japanese and Korean text.
    private const string NotFirst = "、。，．・：；？！）」』】〕〉》”’％ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ";
    private const string NotLast = "（「『【〔〈《“‘";

    public static IEnumerable<TextWord> Of(string line)
    {
        var word = new StringBuilder();
        var (width, hasSpace, previous) = (0, false, default(Rune));
        for (var i = 0; i < line.Length;)
        {
            if (line[i] == ' ')
            {
                if (word.Length > 0) { yield return new TextWord(word.ToString(), width, hasSpace); word.Clear(); width = 0; }
                (hasSpace, previous) = (true, default);
                i++;
                continue;
            }
            var (length, columns) = Unit(line, i);
            var rune = Rune.TryGetRuneAt(line, i, out var r) ? r : Rune.ReplacementChar;
            if (word.Length > 0 && length <= 2 && MayBreak(previous, rune))
            {
                yield return new TextWord(word.ToString(), width, hasSpace);
                word.Clear();
                (width, hasSpace) = (0, false);
            }
            word.Append(line, i, length);
            width += columns;
            previous = rune;
            i += length;
        }
        if (word.Length > 0) yield return new TextWord(word.ToString(), width, hasSpace);
    }

    // A character, a hole's marker, or a hole of the theme's own ("{{ … }}": no value holds a brace here).
    private static (int Length, int Columns) Unit(string line, int at)
    {
        if (line[at] == Markers.HoleStart)
        {
            var end = line.IndexOfAny([Markers.HoleEnd, Markers.AttributeHoleEnd], at);
            if (end > 0) return (end - at + 1, TextWidth.Hole);
        }
        if (line[at] == '{' && at + 1 < line.Length && line[at + 1] == '{')
        {
            var end = line.IndexOf("}}", at, StringComparison.Ordinal);
            if (end > 0) return (end + 2 - at, IsControl(line[(at + 2)..end]) ? 0 : TextWidth.Hole);
        }
        return Rune.TryGetRuneAt(line, at, out var rune) ? (rune.Utf16SequenceLength, TextWidth.Of(rune)) : (1, 1);
    }

    private static bool IsControl(string code) => code.Trim() is var c && (c is "else" or "end" || c.StartsWith("if ", StringComparison.Ordinal));

    private static bool MayBreak(Rune left, Rune right) =>
        (TextWidth.IsWide(left) || TextWidth.IsWide(right)) && !Stands(NotFirst, right) && !Stands(NotLast, left);

    private static bool Stands(string set, Rune rune) => rune.IsBmp && set.Contains((char)rune.Value, StringComparison.Ordinal);
}
