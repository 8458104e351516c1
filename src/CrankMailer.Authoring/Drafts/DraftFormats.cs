using System.Text.RegularExpressions;

namespace CrankMailer.Authoring.Drafts;

/// <summary>Finds out what a draft was written in: by the ending of its name, else by its first characters.</summary>
internal static partial class DraftFormats
{
    [GeneratedRegex(@"^\s*<(?:!doctype\s+html|html|head|body|p|div|h[1-6]|table|meta|span|ul|ol|article|section)\b", RegexOptions.IgnoreCase)]
    private static partial Regex LooksLikeHtml { get; }

    [GeneratedRegex(@"^#{1,4} \S|\]\(https?://|^---\r?$", RegexOptions.Multiline)]
    private static partial Regex LooksLikeMarkdown { get; }

    /// <summary>Nobody writes such a line in plain text. A single # could be a number sign.</summary>
    [GeneratedRegex(@"^#{2,4} \S", RegexOptions.Multiline)]
    private static partial Regex HasMarkedHeadings { get; }

    public static bool IsZip(byte[] bytes) => bytes is [(byte)'P', (byte)'K', 3, 4, ..];

    public static DraftFormat Of(string text, string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".md" or ".markdown" => DraftFormat.Markdown,
        ".html" or ".htm" or ".xhtml" => DraftFormat.Html,
        ".txt" or ".text" => HasMarkedHeadings.IsMatch(text) ? DraftFormat.Markdown : DraftFormat.Text,
        _ => LooksLikeHtml.IsMatch(text) ? DraftFormat.Html : LooksLikeMarkdown.IsMatch(text) ? DraftFormat.Markdown : DraftFormat.Text,
    };

    /// <summary>Why the file cannot be a draft; null when it may be one.</summary>
    public static string? Refusal(byte[] bytes, string fileName) => bytes switch
    {
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "This is an old Word document (.doc): save it as .docx or as text.",
        [(byte)'{', (byte)'\\', (byte)'r', (byte)'t', (byte)'f', ..] => "This is rich text (.rtf): save it as .docx or as text.",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "This is a PDF: take the document it was made from.",
        _ when !IsZip(bytes) && Path.GetExtension(fileName).Equals(".docx", StringComparison.OrdinalIgnoreCase) => "This is no Word document (.docx), whatever its name says: save it again in the word processor.",
        _ when bytes is not ([0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) && !IsZip(bytes) && bytes.AsSpan(0, Math.Min(bytes.Length, 4096)).Contains((byte)0) => "This is no text: hand over a .txt, .md, .html or .docx file.",
        _ => null,
    };
}
