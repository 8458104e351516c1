using CrankMailer.Rendering.Wording;

namespace CrankMailer.Rendering.Themes;

/// <summary>A theme's or mail's own words by language: <c>strings/en.yaml</c>, <c>strings/de.yaml</c> …</summary>
internal sealed class ThemeWords(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> byLanguage)
{
    public const string Folder = "strings/";
    public const string Fallback = "en";

    public IReadOnlyCollection<string> Languages => [.. byLanguage.Keys];

    /// <summary>The words in the language, in the language without its region, else in English; a missing word is the English one.</summary>
    public IReadOnlyDictionary<string, string> In(Language language)
    {
        var words = new Dictionary<string, string>(byLanguage.GetValueOrDefault(Fallback) ?? new Dictionary<string, string>());
        foreach (var tag in new[] { language.Primary, language.Tag.ToLowerInvariant() })
            foreach (var (key, text) in byLanguage.GetValueOrDefault(tag) ?? new Dictionary<string, string>()) words[key] = text;
        return words;
    }
}
