using System.Text;

namespace CrankMailer.Rendering.Prose;

/// <summary>
/// Unicode noncharacters that stand, between reading a value and writing the final text, for what must survive the theme, MJML and
/// line breaking untouched. They can come from no editor: <see cref="Clean"/> takes them out of every value first. So no <c>{</c> of a
/// value ever meets the template language (design §4), and a personal hole is one unbreakable token until its medium puts it back.
/// </summary>
internal static class Markers
{
    /// <summary>A literal <c>{</c> in plain text, written in the template's verbatim form at the very end.</summary>
    public const char Brace = '\uFDD0';

    /// <summary>Starts the number of a personal hole.</summary>
    public const char HoleStart = '\uFDD1';

    /// <summary>Ends a hole that stands in running text.</summary>
    public const char HoleEnd = '\uFDD2';

    /// <summary>Ends a hole that stands in an attribute's value, where a double quote would end the attribute.</summary>
    public const char AttributeHoleEnd = '\uFDD3';

    /// <summary>A space in plain text at which no line may break.</summary>
    public const char HardSpace = '\uFDD4';

    public static bool IsHoleEnd(char c) => c is HoleEnd or AttributeHoleEnd;

    /// <summary>Without control characters, lone surrogates and noncharacters, any of which a mail client may choke on or we use ourselves.</summary>
    public static string Clean(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        if (value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0) return value;
        var clean = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])) clean.Append(c).Append(value[++i]);
            else if (char.IsSurrogate(c) || c is >= '\uFDD0' and <= '\uFDEF' or '\uFFFE' or '\uFFFF') clean.Append('\uFFFD');
            else if (c is '\u2028' or '\u2029' or '\u0085') clean.Append('\n');
            else if (!char.IsControl(c) || c is '\n' or '\t') clean.Append(c);
        }
        return clean.ToString();
    }

    /// <summary>The finished plain text: held-back braces stand in the template's verbatim form, which phase 2 writes as they are.</summary>
    public static string WithVerbatimBraces(string text)
    {
        if (!text.Contains(Brace)) return text;
        var final = new StringBuilder(text.Length + 32);
        for (var i = 0; i < text.Length;)
        {
            var run = i;
            while (run < text.Length && text[run] == Brace) run++;
            if (run == i) { final.Append(text[i++]); continue; }
            final.Append("{%{").Append('{', run - i).Append("}%}");
            i = run;
        }
        return final.ToString();
    }
}
