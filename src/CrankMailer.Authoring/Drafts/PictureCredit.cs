using System.Text.RegularExpressions;

namespace CrankMailer.Authoring.Drafts;

/// <summary>Lines such as <c>Image: Press Service (via Wikimedia Commons)</c> or <c>Photo by Jane Doe</c>.</summary>
internal static partial class PictureCredit
{
    private const int LongestLine = 300;

    [GeneratedRegex(@"^(?<label>(?:(?:cover|header|hero|lead|top|banner|main)\s+)?(?:image|photo|photograph|picture|foto|bild|titelbild|фото|изображение|imagen|immagine|crédit(?:s)?\s+photo)s?(?:\s*(?:credits?|source|courtesy|nachweis))?\s*[:：])\s*(?<credit>\S.*)$|^(?<label>(?:image|photo|photograph|picture)\s+(?:by|via|courtesy\s+of))\s+(?<credit>\S.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Credit { get; }

    /// <summary>The credit without its label; null when the line is none.</summary>
    public static string? TryRead(DraftLine line, out string label)
    {
        var match = line.Plain.Length > LongestLine || line.Kind is DraftLineKind.Block or DraftLineKind.Picture ? Match.Empty : Credit.Match(line.Plain);
        label = match.Groups["label"].Value;
        return match.Success ? DraftText.Clean(match.Groups["credit"].Value) : null;
    }
}
