using CrankMailer.Model;
using CrankMailer.Rendering.Prose;

namespace CrankMailer.Rendering.Themes;

/// <summary><c>theme.*</c> in a template: palette and settings, the publication's values checked by the manifest.</summary>
internal static class ThemeValues
{
    public static Dictionary<string, object?> Of(ThemeManifest manifest, IReadOnlyDictionary<string, string> chosen, Medium medium, List<Problem> problems)
    {
        var values = new Dictionary<string, object?> { ["light"] = manifest.Light, ["dark"] = manifest.Dark };
        foreach (var unknown in chosen.Keys.Except(manifest.Settings.Select(s => s.Name)))
            problems.Add(new Problem(Severity.Warning, "theme-setting", $"The theme \"{manifest.Title}\" has no setting \"{unknown}\".", Item: $"publication.theme.settings.{unknown}"));
        foreach (var setting in manifest.Settings) Add(setting, Value(setting, chosen, problems), manifest, medium, values);
        return values;
    }

    /// <summary>Why the value cannot be used, or null.</summary>
    public static string? Mistake(ThemeSetting setting, string value) => setting.Type switch
    {
        SettingType.Color when !Contrast.IsColor(value) => $"\"{value}\" is not a colour like #8c1d18.",
        SettingType.Switch when value is not ("true" or "false") => $"\"{value}\" is neither true nor false.",
        SettingType.Choice when !setting.Choices.ContainsKey(value) => $"\"{value}\" is none of {string.Join(", ", setting.Choices.Keys)}.",
        SettingType.Picture when value.Length > 0 && !value.StartsWith("/m/", StringComparison.Ordinal) && SafeUrl.Find(value)?.StartsWith("https:", StringComparison.Ordinal) != true
            => $"\"{value}\" is neither an https address nor a stored picture.",
        _ => null,
    };

    private static string Value(ThemeSetting setting, IReadOnlyDictionary<string, string> chosen, List<Problem> problems)
    {
        if (!chosen.TryGetValue(setting.Name, out var value)) return setting.Default;
        if (Mistake(setting, value) is not { } mistake) return value;
        problems.Add(new Problem(Severity.Error, "theme-setting", $"{setting.Label}: {mistake}", Item: $"publication.theme.settings.{setting.Name}"));
        return setting.Default;
    }

    // A colour comes as four: itself and its twin for the dark palette, each readable on its surface, and what reads on each of them.
    private static void Add(ThemeSetting setting, string value, ThemeManifest manifest, Medium medium, Dictionary<string, object?> values)
    {
        switch (setting.Type)
        {
            case SettingType.Color:
                var light = setting.On is { } on ? Contrast.Readable(value, manifest.Light[on]) : value;
                var dark = setting.On is { } surface ? Contrast.Readable(value, manifest.Dark[surface]) : value;
                (values[setting.Name], values[setting.Name + "_dark"]) = (light.ToLowerInvariant(), dark.ToLowerInvariant());
                (values["on_" + setting.Name], values[$"on_{setting.Name}_dark"]) = (Contrast.Best(light), Contrast.Best(dark));
                break;
            case SettingType.Switch: values[setting.Name] = value == "true"; break;
            case SettingType.Choice: values[setting.Name] = setting.Choices[value]; break;
            case SettingType.Picture: values[setting.Name] = value.Length == 0 ? null : medium.Picture(value); break;
            default: values[setting.Name] = value.Length == 0 ? null : medium.Plain(value); break;
        }
    }
}
