using System.Text;
using System.Text.RegularExpressions;

namespace CrankMailer.Authoring.Markdown;

/// <summary>One-line fields: their canonical form, and how they stand at the start of a list item or in a heading.</summary>
internal static partial class InlineText
{
    /// <summary>What would open a block at the start of a line (CommonMark 4 and 5); escaped there, and the backslash taken off again.</summary>
    [GeneratedRegex(@"^(?:#{1,6}(?=\s|$)|[-+*](?=\s|$)|>|`{3,}|~{3,}|(?:\*[ \t]*){3,}$|(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$|\[[^\]]+\]:)")]
    private static partial Regex OpensBlock { get; }

    [GeneratedRegex(@"^(\d{1,9})([.)])(?=\s|$)")]
    private static partial Regex OpensNumber { get; }

    [GeneratedRegex(@"^(\d{1,9})\\([.)])(?=\s|$)")]
    private static partial Regex EscapedNumber { get; }

    [GeneratedRegex(@"[ \t]*(?:\\?\n)+[ \t\n]*")]
    private static partial Regex LineBreaks { get; }

    /// <summary>One line, no blanks around, no control characters, no needless backslash at the start; null when nothing is left.</summary>
    public static string? Canonical(string? text) => Line(text) is { } line ? ReadStart(line) : null;

    /// <summary>The same for plain text, in which a backslash is a backslash.</summary>
    public static string? Line(string? text)
    {
        if (text is null) return null;
        var line = LineBreaks.Replace(Printable(text.ReplaceLineEndings("\n")), " ").Trim(' ', '\t', '\n');
        return line.Length == 0 ? null : line;
    }

    public static string WriteStart(string text) =>
        OpensBlock.IsMatch(text) ? "\\" + text : OpensNumber.Replace(text, @"$1\$2", 1);

    public static string ReadStart(string text) =>
        text.StartsWith('\\') && OpensBlock.IsMatch(text.AsSpan(1)) ? text[1..] : EscapedNumber.Replace(text, "$1$2", 1);

    /// <summary>Heading text: a closing run of <c>#</c> is no part of it (CommonMark 4.2) unless escaped.</summary>
    public static string WriteHeading(string text)
    {
        var body = text.TrimEnd('#');
        return body.Length < text.Length && (body.Length == 0 || body[^1] is ' ' or '\t') ? body + "\\" + text[body.Length..] : text;
    }

    public static string ReadHeading(string text)
    {
        var body = text.TrimEnd('#');
        if (body.Length == text.Length) return text;
        if (body.Length == 0 || body[^1] is ' ' or '\t') return body.TrimEnd(' ', '\t');
        return body[^1] == '\\' && (body.Length == 1 || body[^2] is ' ' or '\t') ? body[..^1] + text[body.Length..] : text;
    }

    /// <summary>Nothing but blanks and line ends, as CommonMark sees it: a no-break space is text.</summary>
    public static bool IsBlank(string text) => !text.AsSpan().ContainsAnyExcept(" \t\n");

    /// <summary>Without control characters and halves of surrogate pairs, which neither YAML nor JSON can carry.</summary>
    public static string Printable(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u0008') && !text.AsSpan().ContainsAnyInRange('\u000B', '\u001F')
            && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains('\uFEFF')) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is '\t' or '\n' || rune.Value >= ' ' && rune.Value != 0xFEFF) clean.Append(rune.ToString());
        return clean.ToString();
    }
}
