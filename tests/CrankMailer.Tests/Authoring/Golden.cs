namespace CrankMailer.Tests.Authoring;

/// <summary>Compares with a file byte for byte; <c>UPDATE_GOLDEN=1</c> writes it instead, beside the sources.</summary>
internal static class Golden
{
    public static void Compare(string path, string got)
    {
        var source = Path.Combine(ProjectFolder(), path);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(source, got);
            return;
        }
        Assert.True(File.Exists(source), $"No {source}: run with UPDATE_GOLDEN=1 and look at what it writes.");
        var wanted = File.ReadAllText(source).ReplaceLineEndings("\n");
        Assert.True(wanted == got, $"{path} differs; UPDATE_GOLDEN=1 rewrites it.\n{got}");
    }

    private static string ProjectFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CrankMailer.Tests.csproj"))) folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
