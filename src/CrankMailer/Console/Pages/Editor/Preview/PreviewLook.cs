using System.Text.RegularExpressions;
using CrankMailer.Model.Documents;
using CrankMailer.Rendering.Wording;

namespace CrankMailer.Console.Pages.Editor.Preview;

/// <summary>How a preview is shown: light or dark whatever this screen is, pictures from this installation, links in a new tab.</summary>
internal static partial class PreviewLook
{
    public static string Apply(string html, Publication publication, bool dark)
    {
        // The public address need not lead here yet, so pictures are taken from where we are.
        var root = PublicAddress.Of(publication, null).Root;
        if (root.Length > 0) html = html.Replace(root + "/m/", "/m/", StringComparison.Ordinal);
        html = DarkQuery().Replace(html, dark ? "(min-width:0px)" : "(max-width:0px)");
        return Head().Replace(html, "$0<base target=\"_blank\">", 1);
    }

    [GeneratedRegex(@"\(\s*prefers-color-scheme\s*:\s*dark\s*\)", RegexOptions.IgnoreCase)]
    private static partial Regex DarkQuery();

    [GeneratedRegex("<head(?:\\s[^>]*)?>", RegexOptions.IgnoreCase)]
    private static partial Regex Head();
}
