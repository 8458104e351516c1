using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using CrankMailer.Scriban;
using YamlDotNet.Serialization;

namespace CrankMailer.Public;

/// <summary>
/// The pages of <c>templates/pages</c> and their strings. Every value a template writes is escaped by the engine, so that forgetting it is
/// impossible; there is no way to write one raw.
/// </summary>
internal sealed class PageTemplates(string folder)
{
    private readonly ConcurrentDictionary<string, (DateTime Stamp, ScribanTemplate Template)> _templates = new();
    private readonly Lazy<FrozenDictionary<string, FrozenDictionary<string, string>>> _words = new(() => ReadWords(folder));

    public string Folder => folder;

    /// <summary>Our language for a tag: <c>de</c> for <c>de-AT</c>; null where we have no words in it.</summary>
    public string? LanguageOf(string? tag) => tag?.Split('-')[0].ToLowerInvariant() is { } primary && _words.Value.ContainsKey(primary) ? primary : null;

    /// <summary>The strings of a language with <c>{name}</c> filled in; English where one lacks.</summary>
    public Dictionary<string, string> Words(string lang, IReadOnlyDictionary<string, string> values)
    {
        var words = new Dictionary<string, string>(_words.Value["en"]);
        foreach (var (key, text) in _words.Value.GetValueOrDefault(lang) ?? FrozenDictionary<string, string>.Empty) words[key] = text;
        foreach (var (key, text) in words.Where(w => w.Value.Contains('{', StringComparison.Ordinal)).ToList()) words[key] = Fill(text, values);
        return words;
    }

    public string Render(string name, object model, CultureInfo culture, CancellationToken ct) => Get(name).Render(model, new ScribanOptions
    {
        IncludeTemplate = Get, EscapeValue = text => WebUtility.HtmlEncode(text), Culture = culture, AutoIndent = false, StrictVariables = false,
    }, ct);

    // A template is read again when its file changed, so that a theme's author sees an edit at once.
    private ScribanTemplate Get(string name)
    {
        var file = Path.Combine(folder, name + ".html");
        var stamp = File.GetLastWriteTimeUtc(file);
        if (_templates.TryGetValue(name, out var known) && known.Stamp == stamp) return known.Template;
        var parsed = ScribanTemplate.Parse(File.ReadAllText(file), file);
        _templates[name] = (stamp, parsed);
        return parsed;
    }

    // One pass: a value that holds {braces} is not filled again.
    private static string Fill(string text, IReadOnlyDictionary<string, string> values)
    {
        var filled = new System.Text.StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0) return filled.Append(text, at, text.Length - at).ToString();
            filled.Append(text, at, open - at).Append(values.GetValueOrDefault(text[(open + 1)..close], ""));
            at = close + 1;
        }
        return filled.ToString();
    }

    private static FrozenDictionary<string, FrozenDictionary<string, string>> ReadWords(string folder)
    {
        var yaml = new DeserializerBuilder().Build();
        return Directory.EnumerateFiles(Path.Combine(folder, "strings"), "*.yaml").ToFrozenDictionary(
            file => Path.GetFileNameWithoutExtension(file),
            file => yaml.Deserialize<Dictionary<string, string>>(File.ReadAllText(file)).ToFrozenDictionary());
    }
}
