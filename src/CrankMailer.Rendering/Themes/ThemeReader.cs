using System.Collections.Frozen;
using System.Globalization;
using CrankMailer.Model;
using YamlDotNet.RepresentationModel;

namespace CrankMailer.Rendering.Themes;

/// <summary>Files → <see cref="Theme"/>: reads the manifest and the words, and checks what can be checked before an issue is there.</summary>
internal static class ThemeReader
{
    private const int DefaultTextWidth = 600;

    /// <param name="place">Folder or other origin, put before file names in messages.</param>
    public static LoadedTheme Read(string name, IReadOnlyDictionary<string, string> files, string place)
    {
        var problems = new List<Problem>();
        foreach (var needed in new[] { Theme.ManifestFile, Theme.HtmlTemplate, Theme.TextTemplate })
            if (!files.ContainsKey(needed)) problems.Add(new Problem(Severity.Error, "theme-file-missing", $"The theme has no {needed}. Add it, or copy the one of \"classic\" to start from.", Path(place, needed)));
        var manifest = Manifest(name, files.GetValueOrDefault(Theme.ManifestFile) ?? "", Path(place, Theme.ManifestFile), problems);
        var words = Words(files, place, problems);
        problems.AddRange(TemplateSyntax.Check(files, place));
        problems.AddRange(ThemeNames.Check(files, manifest, words, place));
        var hasErrors = problems.Any(p => p.Severity == Severity.Error);
        return new LoadedTheme(hasErrors ? null : new Theme(name, files.ToFrozenDictionary(StringComparer.Ordinal), manifest, words, place), problems);
    }

    public static ThemeWords Words(IReadOnlyDictionary<string, string> files, string place, List<Problem> problems)
    {
        var byLanguage = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, text) in files.Where(f => f.Key.StartsWith(ThemeWords.Folder, StringComparison.Ordinal) && f.Key.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            var yaml = new YamlFile(Path(place, path), problems);
            byLanguage[System.IO.Path.GetFileNameWithoutExtension(path).ToLowerInvariant()] = yaml.Texts(yaml.Read(text));
        }
        return new ThemeWords(byLanguage);
    }

    public static string Path(string place, string file) => place.Length == 0 ? file : $"{place.TrimEnd('/')}/{file}";

    private static ThemeManifest Manifest(string name, string text, string file, List<Problem> problems)
    {
        var yaml = new YamlFile(file, problems);
        var root = yaml.Read(text);
        var palette = yaml.Map(root, "palette");
        var light = Colors(yaml, yaml.Map(palette, "light"));
        var dark = Colors(yaml, yaml.Map(palette, "dark"));
        foreach (var missing in light.Keys.Except(dark.Keys)) yaml.Report(palette, $"The dark palette has no \"{missing}\". Text and background are always set together (R126).");
        foreach (var missing in dark.Keys.Except(light.Keys)) yaml.Report(palette, $"The light palette has no \"{missing}\".");
        return new ThemeManifest(
            yaml.Text(root, "title") ?? name, Width(yaml, root),
            [.. yaml.Maps(yaml.Map(root, "settings")).Select(s => Setting(yaml, s.Name, s.Value, light))], light, dark, yaml.Texts(yaml.Map(root, "prose")));
    }

    private static int Width(YamlFile yaml, YamlMappingNode root)
    {
        if (yaml.Text(root, "text_width") is not { } text) return DefaultTextWidth;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width is >= 200 and <= 640) return width;
        yaml.Report(root, $"text_width is \"{text}\"; it is the width of the text column in px, 200 to 640 (R124).");
        return DefaultTextWidth;
    }

    private static IReadOnlyDictionary<string, string> Colors(YamlFile yaml, YamlMappingNode map)
    {
        var colors = yaml.Texts(map);
        foreach (var (name, color) in colors.Where(c => !Contrast.IsColor(c.Value))) yaml.Report(map, $"\"{name}\" is \"{color}\", not a colour like #1f2328.");
        return colors.Where(c => Contrast.IsColor(c.Value)).ToDictionary();
    }

    private static ThemeSetting Setting(YamlFile yaml, string name, YamlMappingNode map, IReadOnlyDictionary<string, string> palette)
    {
        var written = yaml.Text(map, "type") ?? "text";
        if (!Enum.TryParse<SettingType>(written, ignoreCase: true, out var type)) yaml.Report(map, $"\"{written}\" is no type of setting. Take text, color, switch, choice or picture.");
        var on = yaml.Text(map, "on");
        if (on is not null && !palette.ContainsKey(on)) yaml.Report(map, $"The setting stands on \"{on}\", which the palette does not have.");
        var setting = new ThemeSetting(name, type, yaml.Text(map, "label") ?? name, yaml.Text(map, "default") ?? "", yaml.Texts(yaml.Map(map, "choices")), on);
        if (ThemeValues.Mistake(setting, setting.Default) is { } mistake) yaml.Report(map, $"The default of \"{name}\" cannot be used: {mistake}");
        return setting;
    }
}
