namespace CrankMailer.Hosting;

/// <summary>
/// Where themes, mails and pages are read from: <c>--templates</c>; else, when run from a checkout, the project's own, so that an edit
/// is seen at once; else the copy beside the program.
/// </summary>
internal sealed class TemplatesFolder(string path)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Themes => System.IO.Path.Combine(Path, "themes");

    public static TemplatesFolder Resolve(string? option) =>
        new(option ?? FindCheckout() ?? System.IO.Path.Combine(AppContext.BaseDirectory, "templates"));

    private static string? FindCheckout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var templates = System.IO.Path.Combine(folder.FullName, "templates");
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "CrankMailer.sln")) && Directory.Exists(templates)) return templates;
        }
        return null;
    }
}
