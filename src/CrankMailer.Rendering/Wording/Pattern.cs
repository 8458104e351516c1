using System.Globalization;
using System.Text.RegularExpressions;
using CrankMailer.Model.Documents;

namespace CrankMailer.Rendering.Wording;

/// <summary>Fills <c>{name}</c>, <c>{month}</c>, <c>{year}</c>, <c>{number}</c> in the patterns of a publication.</summary>
internal static partial class Pattern
{
    private static readonly char[] Separators = [' ', '|', '-', '–', '—', '·', ',', ':', '/'];
    private const string Default = "{name} | {month} {year}";

    /// <summary>The issue's own title, else the publication's pattern filled in.</summary>
    public static string TitleOf(Issue issue, Publication publication, Language language)
    {
        if (!string.IsNullOrWhiteSpace(issue.Title)) return issue.Title.Trim();
        var title = Fill(string.IsNullOrWhiteSpace(publication.Title) ? Default : publication.Title, issue, publication.Name, language);
        return title.Length > 0 ? title : publication.Name;
    }

    /// <summary>The pattern filled in; what has no value leaves no gap and no orphaned separator.</summary>
    public static string Fill(string pattern, Issue issue, string name, Language language, int? year = null)
    {
        var period = Period.Find(issue.Period);
        var filled = Slot().Replace(pattern, slot => slot.Value switch
        {
            "{name}" => name,
            "{month}" => period?.MonthIn(language) ?? "",
            "{year}" => (year ?? period?.Year)?.ToString(CultureInfo.InvariantCulture) ?? "",
            _ => issue.Number?.ToString(CultureInfo.InvariantCulture) ?? "",
        });
        return Spaces().Replace(filled, " ").Trim(Separators);
    }

    /// <summary>What the title says after the name; the period where it says nothing more; null where it does not begin with the name.</summary>
    public static string? AfterName(string title, string name, string? period)
    {
        if (name.Length == 0 || !title.StartsWith(name, StringComparison.OrdinalIgnoreCase)) return null;
        var rest = title[name.Length..];
        if (rest.Length > 0 && char.IsLetterOrDigit(rest[0])) return null;
        rest = rest.Trim(Separators);
        return rest.Length > 0 ? rest : period ?? "";
    }

    [GeneratedRegex(@"\{(name|month|year|number)\}")]
    private static partial Regex Slot();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
