using System.Net;
using System.Text;

namespace CrankMailer.Scriban.Personal;

/// <summary>
/// Code that went through Markdown or an HTML writer has its quotes and comparisons as entities: <c>{{ a ?? &amp;quot;b&amp;quot; }}</c>.
/// They are put back inside of <c>{{ }}</c> only; what that shortens is made up with blanks, so that places stay right.
/// </summary>
internal static class HtmlCode
{
    public static string Decode(string text)
    {
        if (!text.Contains('&')) return text;
        var result = new StringBuilder(text.Length);
        var position = 0;
        while (position < text.Length)
        {
            var open = text.IndexOf("{{", position, StringComparison.Ordinal);
            var verbatim = text.IndexOf("{%", position, StringComparison.Ordinal);
            if (open < 0) break;
            if (verbatim >= 0 && verbatim < open)
            {
                var next = EndOfVerbatim(text, verbatim);
                result.Append(text, position, next - position);
                position = next;
                continue;
            }
            var close = text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0) break;
            result.Append(text, position, open - position);
            AppendCode(result, text[open..close]);
            position = close;
        }
        return result.Append(text, position, text.Length - position).ToString();
    }

    private static void AppendCode(StringBuilder result, string code)
    {
        var decoded = WebUtility.HtmlDecode(code).Replace('\u00A0', ' ');
        // Before a strip character, which must touch the closing braces.
        var end = decoded.Length > 2 && decoded[^1] is '-' or '~' ? decoded.Length - 1 : decoded.Length;
        result.Append(decoded, 0, end).Append(' ', Math.Max(0, code.Length - decoded.Length)).Append(decoded, end, decoded.Length - end);
    }

    /// <summary>Behind <c>{%{ … }%}</c>, or behind the brace where none begins.</summary>
    private static int EndOfVerbatim(string text, int at)
    {
        var brace = at + 1;
        while (brace < text.Length && text[brace] == '%') brace++;
        if (brace >= text.Length || text[brace] != '{') return at + 1;
        var close = "}" + text[(at + 1)..brace] + "}";
        var end = text.IndexOf(close, brace, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + close.Length;
    }
}
