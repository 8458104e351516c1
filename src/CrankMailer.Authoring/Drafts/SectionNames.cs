using System.Text.RegularExpressions;

namespace CrankMailer.Authoring.Drafts;

/// <summary>Headings by which a section is known, and its kind.</summary>
internal static partial class SectionNames
{
    private const int MostWords = 7;

    [GeneratedRegex(@"^(?:[\p{L}\p{N}][\p{L}\p{N}'’./–—-]*\s+){0,4}highlights$|^highlights\s*[:,–—-]?\s*(?:(?:of|for|from)\s+)?[\p{L}\p{N} /–-]{0,30}$|^(?:top|main|lead|feature)\s+stories$", RegexOptions.IgnoreCase)]
    private static partial Regex Stories { get; }

    [GeneratedRegex(@"^(?:[\p{L}\p{N}][\p{L}\p{N}'’./–—-]*\s+){0,3}links$|^(?:in\s+brief|briefs|briefly|(?:other\s+|more\s+)?news(?:\s+in\s+brief|\s+links|\s+roundup)?|other\s+headlines|headlines|also\s+noted|kurz\s+notiert|en\s+bref|коротко)$", RegexOptions.IgnoreCase)]
    private static partial Regex Briefs { get; }

    [GeneratedRegex(@"^(?:(?:recent|further|new|selected|notable|featured)\s+)?(?:analys[ie]s|readings?|reading\s+list|research|publications|commentary)$|^(?:[\p{L}\p{N}][\p{L}\p{N}'’./–—-]*\s+){0,3}perspectives?$|^(?:worth\s+reading|what\s+we[’']re\s+reading|lesetipps|à\s+lire|что\s+почитать)$", RegexOptions.IgnoreCase)]
    private static partial Regex Readings { get; }

    [GeneratedRegex(@"^(?:upcoming\s+)?(?:events|dates|calendar|termine)$", RegexOptions.IgnoreCase)]
    private static partial Regex Events { get; }

    /// <summary>Null when the text is no heading we know.</summary>
    public static string? FindKind(string text)
    {
        var name = DraftText.Spaced(text).TrimEnd(':', ' ');
        if (name.Split(' ').Length > MostWords || !char.IsLetterOrDigit(name.FirstOrDefault()) || char.IsLower(name[0])) return null;
        if (HasFreePrefix.Match(name) is { Success: true } free && !char.IsUpper(free.Groups["word"].Value[0])) return null;
        return Stories.IsMatch(name) ? "stories" : Briefs.IsMatch(name) ? "briefs" : Readings.IsMatch(name) ? "readings" : Events.IsMatch(name) ? "events" : null;
    }

    /// <summary>"China cuts rail links" is a headline; where any words may stand before, the heading has its last word in capitals.</summary>
    [GeneratedRegex(@"\s(?<word>highlights|links|perspectives?)$", RegexOptions.IgnoreCase)]
    private static partial Regex HasFreePrefix { get; }
}
