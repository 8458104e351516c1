namespace CrankMailer.Authoring.Markdown;

/// <summary>The last parenthesis of a line, brackets inside it paired.</summary>
internal static class Parenthesis
{
    /// <summary>Index of the <c>(</c> that belongs to the <c>)</c> at the end of the text; -1 when there is none.</summary>
    public static int FindLast(string text)
    {
        if (!text.EndsWith(')')) return -1;
        var depth = 0;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (i > 0 && text[i - 1] == '\\') continue;
            if (text[i] == ')') depth++;
            else if (text[i] == '(' && --depth == 0) return i;
        }
        return -1;
    }
}
