using System.Collections.Concurrent;
using CrankMailer.Model;

namespace CrankMailer.Rendering.Themes;

/// <summary>The themes in <c>templates/themes</c>, read again when a file changes, so that an author sees an edit at the next preview.</summary>
public sealed class ThemeCatalog(string folder)
{
    private readonly ConcurrentDictionary<string, (string Stamp, LoadedTheme Loaded)> read = new(StringComparer.Ordinal);

    /// <summary>Names of the themes there are.</summary>
    public IReadOnlyList<string> Names => !Directory.Exists(folder) ? [] :
        [.. Directory.EnumerateDirectories(folder).Where(d => File.Exists(Path.Combine(d, Theme.ManifestFile))).Select(d => Path.GetFileName(d) ?? "").Order(StringComparer.Ordinal)];

    /// <summary>The theme of that name, or what is wrong with it. The name is the folder's; a path is none.</summary>
    public LoadedTheme Load(string name)
    {
        if (!Names.Contains(name))
            return new LoadedTheme(null, [new Problem(Severity.Error, "theme-not-found", $"There is no theme \"{name}\". There are: {string.Join(", ", Names)}.", Item: "publication.theme.name")]);
        var path = Path.Combine(folder, name);
        var stamp = ThemeFolder.Stamp(path);
        if (read.TryGetValue(name, out var known) && known.Stamp == stamp) return known.Loaded;
        var loaded = ThemeFolder.Load(path);
        read[name] = (stamp, loaded);
        return loaded;
    }
}
