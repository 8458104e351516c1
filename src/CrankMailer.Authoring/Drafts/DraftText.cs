using System.Text.RegularExpressions;
using CrankMailer.Authoring.Markdown;

namespace CrankMailer.Authoring.Drafts;

/// <summary>Plain text of a draft: cleaned of what pasting leaves behind, and as Markdown that prints it.</summary>
internal static partial class DraftText
{
    [GeneratedRegex(@"[ \t\u00A0]*[ \t][ \t\u00A0]*")]
    private static partial Regex Blanks { get; }

    [GeneratedRegex(@"[\u200B\u2060\uFEFF\u00AD]")]
    private static partial Regex Invisible { get; }

    [GeneratedRegex(@"\{(?=\{)")]
    private static partial Regex Hole { get; }

    /// <summary>One line without blanks at its ends and in runs. A no-break space between two words stays.</summary>
    public static string Clean(string text) =>
        Blanks.Replace(Invisible.Replace(InlineText.Printable(text.ReplaceLineEndings(" ").Replace('\f', ' ').Replace('\v', ' ')), ""), " ").Trim(' ', '\t', '\u00A0', '\u2028', '\u2029');

    /// <summary>For looking at: no-break spaces are spaces.</summary>
    public static string Spaced(string text) => text.Replace('\u00A0', ' ').Replace('\u202F', ' ');

    /// <summary>Inline Markdown that prints the text. From a pasted draft <c>{{</c> is text (design §6).</summary>
    public static string ToMarkdown(string text) => NoHoles(PlainText.ToMarkdown(text));

    public static string NoHoles(string markdown) => Hole.Replace(markdown, @"\{");

    /// <summary>An address in which <c>{{</c> is no hole.</summary>
    public static string NoHolesInAddress(string url) => url.Replace("{{", "%7B%7B");
}
