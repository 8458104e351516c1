using System.Reflection;
using System.Text.Json;
using CrankMailer.Model;
using CrankMailer.Rendering.Views;

namespace CrankMailer.Rendering.Themes;

/// <summary>
/// Finds names no issue will ever fill, when the theme is read and not first when an issue is late. A missing member is silent in Scriban,
/// so a misspelt <c>issue.intor</c> would just print nothing. Variables of the theme itself are left to the engine.
/// </summary>
internal static class ThemeNames
{
    public static IEnumerable<Problem> Check(IReadOnlyDictionary<string, string> files, ThemeManifest manifest, ThemeWords words, string place)
    {
        var known = Known(manifest, words);
        foreach (var (path, text) in files.Where(f => TemplateSyntax.IsTemplate(f.Key)).OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var template = TemplateSyntax.Parse(path, text, place);
            if (template.Errors.Count > 0) continue; // told elsewhere
            foreach (var name in template.GlobalPaths.Where(n => IsOurs(n) && !known.Contains(n))) yield return Unknown(name, text, ThemeReader.Path(place, path), known);
        }
    }

    private static HashSet<string> Known(ThemeManifest manifest, ThemeWords words)
    {
        var known = new HashSet<string>(StringComparer.Ordinal) { "issue", "publication", "theme", "t", "theme.light", "theme.dark" };
        AddMembers(known, "issue", typeof(IssueView));
        AddMembers(known, "publication", typeof(PublicationView));
        known.UnionWith(words.In(Wording.Language.Of(ThemeWords.Fallback)).Keys.Select(k => "t." + k));
        known.UnionWith(manifest.Light.Keys.SelectMany(k => new[] { "theme.light." + k, "theme.dark." + k }));
        foreach (var setting in manifest.Settings)
            known.UnionWith(setting.Type == SettingType.Color
                ? [$"theme.{setting.Name}", $"theme.{setting.Name}_dark", $"theme.on_{setting.Name}", $"theme.on_{setting.Name}_dark"]
                : [$"theme.{setting.Name}"]);
        return known;
    }

    private static void AddMembers(HashSet<string> known, string prefix, Type type)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = $"{prefix}.{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}";
            known.Add(name);
            if (property.PropertyType.Namespace == typeof(IssueView).Namespace) AddMembers(known, name, property.PropertyType);
            else if (property.PropertyType.IsGenericType) known.Add(name + ".size");
        }
    }

    private static bool IsOurs(string name) => name.Split('.')[0] is "issue" or "publication" or "theme" or "t";

    private static Problem Unknown(string name, string text, string file, HashSet<string> known)
    {
        var at = Math.Max(0, text.IndexOf(name, StringComparison.Ordinal));
        var line = text.AsSpan(0, at).Count('\n') + 1;
        var column = at - (at == 0 ? -1 : text.LastIndexOf('\n', at - 1));
        var group = name.Split('.')[0];
        var near = known.Where(k => k.StartsWith(group + ".", StringComparison.Ordinal)).MinBy(k => Distance(k, name));
        return new Problem(Severity.Error, "theme-name", $"Nothing is called \"{name}\".{(near is null ? "" : $" Did you mean \"{near}\"?")}", file, line, column);
    }

    // Levenshtein: insertions, deletions and substitutions from one to the other.
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var (diagonal, above) = (row[0], 0);
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[to.Length];
    }
}
