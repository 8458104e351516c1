using CrankMailer.Model;

namespace CrankMailer.Rendering.Themes;

/// <summary>A theme as a folder of text files.</summary>
public static class ThemeFolder
{
    private const int MostFiles = 200;
    private const int MostBytes = 256 * 1024; // a mail is clipped at 102 KB; no template needs more
    private static readonly string[] Kinds = [".mjml", ".txt", ".yaml"];

    /// <summary>Reads the folder. Never throws for what stands in it: problems have file, line and column.</summary>
    public static LoadedTheme Load(string folder)
    {
        var problems = new List<Problem>();
        var files = Read(folder, problems);
        if (problems.Count > 0) return new LoadedTheme(null, problems);
        return ThemeReader.Read(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), files, folder);
    }

    /// <summary>A theme installed elsewhere (a database), by its files.</summary>
    public static LoadedTheme FromFiles(string name, IReadOnlyDictionary<string, string> files) => ThemeReader.Read(name, files, name);

    /// <summary>Templates and words below the folder by path. Links are not followed, so nothing outside it is ever read.</summary>
    internal static Dictionary<string, string> Read(string folder, List<Problem> problems)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
        {
            problems.Add(new Problem(Severity.Error, "theme-not-found", "There is no such folder.", folder));
            return files;
        }
        foreach (var path in Paths(folder))
        {
            var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (new FileInfo(path).Length > MostBytes) problems.Add(new Problem(Severity.Error, "theme-file-too-large", $"The file is larger than {MostBytes / 1024} KB.", path));
            else if (files.Count == MostFiles) { problems.Add(new Problem(Severity.Error, "theme-too-many-files", $"The folder holds more than {MostFiles} templates.", folder)); break; }
            else files[name] = File.ReadAllText(path).Replace("\r\n", "\n");
        }
        return files;
    }

    /// <summary>Changes whenever a file of the folder does.</summary>
    internal static string Stamp(string folder) => !Directory.Exists(folder) ? "" :
        string.Join('|', Paths(folder).Select(p => new FileInfo(p)).Select(f => $"{f.FullName}:{f.LastWriteTimeUtc.Ticks}:{f.Length}"));

    private static IEnumerable<string> Paths(string folder) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden })
            .Where(p => Kinds.Contains(Path.GetExtension(p))).Order(StringComparer.Ordinal);
}
