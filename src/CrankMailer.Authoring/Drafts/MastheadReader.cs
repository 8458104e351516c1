using System.Text.RegularExpressions;
using CrankMailer.Authoring.Yaml;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Drafts;

/// <summary>Lines such as <c>Editor-in-Chief, Paul Example (paul@example.org)</c>.</summary>
internal static partial class MastheadReader
{
    private const int LongestLine = 160;

    [GeneratedRegex(@"^(?<role>[\p{L}][\p{L}\p{M}'’./& -]{2,60}?)\s*(?:[,:]|\s[—–-])\s*(?<name>\p{Lu}[\p{L}\p{M}.'’-]*(?:,?\s+(?:(?:de|du|da|van|von|der|den|al|bin|la|le|and|und|et|и|&|Jr\.?|Sr\.?)|\p{Lu}[\p{L}\p{M}.'’-]*))*)(?<rest>\s*(?:[—–,:-]\s*)?(?:[\(<\[].*|\S+@\S+))?$")]
    private static partial Regex Entry { get; }

    [GeneratedRegex(@"^(?<role>(?:Edited|Written|Compiled|Produced|Designed|Prepared)\s+by):?\s+(?<name>\p{Lu}[\p{L}\p{M}.'’-]*(?:,?\s+(?:and|&|\p{Lu}[\p{L}\p{M}.'’-]*))*)(?<rest>\s*[\(<\[].*)?$")]
    private static partial Regex EditedBy { get; }

    [GeneratedRegex(@"\b(?:editors?|editor-in-chief|publisher|authors?|writer|director|producer|designer|correspondent|contributors?|researchers?|fellow|assistant|associate|intern|manager|chief|coordinator|translator|columnist|redakt\w+|chefredakt\w+|herausgeber\w*|r[ée]da\w+|direct\w+|редактор\w*|издатель|редакция)\b", RegexOptions.IgnoreCase)]
    private static partial Regex RoleWord { get; }

    [GeneratedRegex(@"[^\s()<>\[\],;:""]+@[^\s()<>\[\],;:""]+\.[^\s()<>\[\],;:""]+")]
    private static partial Regex Address { get; }

    /// <summary>Null when the line names nobody.</summary>
    public static MastheadEntry? TryRead(DraftLine line, DraftReport report)
    {
        if (line.Kind is DraftLineKind.Block or DraftLineKind.Picture || line.Plain.Length > LongestLine) return null;
        var text = DraftText.Spaced(line.Plain);
        var match = Entry.Match(text) is { Success: true } entry && RoleWord.IsMatch(entry.Groups["role"].Value) && entry.Groups["role"].Value.Split(' ').Length <= 6
            ? entry : EditedBy.Match(text);
        if (!match.Success) return null;
        var email = FindAddress(line.Markdown) ?? FindAddress(match.Groups["rest"].Value);
        if (email is null && match.Groups["rest"].Value.Trim() is { Length: > 0 } rest)
            report.Warn("obfuscated-address", $"The e-mail address of {match.Groups["name"].Value} is hidden or cut off in the draft (“{rest}”) and was left empty: write it in.", line.Line);
        return new MastheadEntry { Role = match.Groups["role"].Value.Trim(), Name = match.Groups["name"].Value.Trim(), Email = email };
    }

    private static string? FindAddress(string text) =>
        Address.Match(text.Replace("mailto:", " ").Replace("\\_", "_")) is { Success: true } found && PublicationRules.Address.IsMatch(found.Value) ? found.Value : null;
}
