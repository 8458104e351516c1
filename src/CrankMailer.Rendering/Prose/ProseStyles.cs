namespace CrankMailer.Rendering.Prose;

/// <summary>
/// The theme's inline style for each element prose is made of (<c>p, a, ul, ol, li, blockquote, pre, code, table, th, td, hr, img,
/// h3 … h6, strong, em</c>). Inline, because Gmail drops style sheets in some accounts (R123).
/// </summary>
/// <param name="Width">Width of the text column in px, for pictures in prose.</param>
internal sealed record ProseStyles(IReadOnlyDictionary<string, string> ByElement, int Width)
{
    public static ProseStyles None { get; } = new(new Dictionary<string, string>(), 600);

    /// <summary><c> style="…"</c>, or nothing where the theme has none for the element.</summary>
    public string Attribute(string element, string? more = null)
    {
        var style = string.Join(';', new[] { ByElement.GetValueOrDefault(element)?.TrimEnd(';', ' '), more }.Where(s => !string.IsNullOrEmpty(s)));
        return style.Length == 0 ? "" : $" style=\"{style}\"";
    }
}
