using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace CrankMailer.Rendering.Themes;

/// <summary>
/// What a publication's issues look like: a manifest, an HTML template (Scriban that makes MJML), a text template, parts and words.
/// A value: its <see cref="Version"/> is the hash of its files, so a frozen Edition can name exactly what made it.
/// </summary>
public sealed class Theme
{
    public const string HtmlTemplate = "issue.mjml";
    public const string TextTemplate = "issue.txt";
    public const string ManifestFile = "theme.yaml";

    internal Theme(string name, FrozenDictionary<string, string> files, ThemeManifest manifest, ThemeWords words, string place) =>
        (Name, Files, Manifest, Words, Place, Version) = (name, files, manifest, words, place, HashOf(files));

    public string Name { get; }

    /// <summary>SHA-256 of all its files, hexadecimal.</summary>
    public string Version { get; }

    /// <summary>Its files by path below its folder, with forward slashes. Enough to install it in a database and make it anew.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>Name to show to people.</summary>
    public string Title => Manifest.Title;

    /// <summary>What a publication may set, for a form.</summary>
    public IReadOnlyList<ThemeSetting> Settings => Manifest.Settings;

    internal ThemeManifest Manifest { get; }

    internal ThemeWords Words { get; }

    /// <summary>The folder it was read from, for messages.</summary>
    internal string Place { get; }

    /// <summary>A part of this theme; an include reaches nothing else.</summary>
    internal string? FindFile(string path) => Files.GetValueOrDefault(path.Replace('\\', '/'));

    internal static string HashOf(IReadOnlyDictionary<string, string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, text) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(path + "\0"));
            hash.AppendData(Encoding.UTF8.GetBytes(text + "\0"));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
