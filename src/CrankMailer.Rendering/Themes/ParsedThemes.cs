using System.Collections.Concurrent;

namespace CrankMailer.Rendering.Themes;

/// <summary>Themes parsed once, by version. An author's edits leave old versions behind; they are dropped when there are many.</summary>
internal sealed class ParsedThemes
{
    private const int Most = 64;
    private readonly ConcurrentDictionary<string, TemplateSet> byVersion = new(StringComparer.Ordinal);

    public TemplateSet Get(Theme theme)
    {
        if (byVersion.TryGetValue(theme.Version, out var set)) return set;
        if (byVersion.Count >= Most) byVersion.Clear();
        return byVersion.GetOrAdd(theme.Version, _ => TemplateSet.Of(theme.Files, theme.Place));
    }
}
