namespace CrankMailer.Authoring.Markdown;

/// <summary>
/// Holes <c>{{ … }}</c> are lifted out before anything reads Markdown: each of their characters becomes a private-use letter,
/// so that positions stay and every slice is later taken from the original text. A hole stands on one line; <c>\{{</c> is text.
/// </summary>
internal static class Holes
{
    private const char Filler = '\uE000';

    public static string Mask(string text)
    {
        if (!text.Contains("{{", StringComparison.Ordinal)) return text;
        var masked = text.ToCharArray();
        for (var i = 0; i < text.Length - 1; i++)
        {
            if (text[i] == '\\') { i++; continue; }
            if (text[i] != '{' || text[i + 1] != '{') continue;
            var end = EndOfHole(text, i);
            if (end < 0) { i++; continue; }
            masked.AsSpan(i, end - i).Fill(Filler);
            i = end - 1;
        }
        return new string(masked);
    }

    /// <summary>Index after the hole that begins at <paramref name="start"/>; -1 when it is not closed on its line.</summary>
    private static int EndOfHole(string text, int start)
    {
        var line = text.IndexOf('\n', start);
        if (line < 0) line = text.Length;
        var close = text.IndexOf("}}", start + 2, line - start - 2, StringComparison.Ordinal);
        return close < 0 ? -1 : close + 2;
    }
}
