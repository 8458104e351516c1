namespace CrankMailer.Tests.Authoring;

/// <summary>The real drafts beside the corpora; tests that need them skip where they are absent.</summary>
internal static class RealDrafts
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(SolutionFolder(), Environment.GetEnvironmentVariable("CRANKMAILER_CORPORA") ?? "../shared/corpora", "..", "drafts"));

    public static IReadOnlyList<string> Files()
    {
        if (!Directory.Exists(Folder)) Assert.Skip($"No drafts in {Folder}: set CRANKMAILER_CORPORA.");
        return [.. Directory.GetFiles(Folder, "*.txt").Order()];
    }

    private static string SolutionFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CrankMailer.sln"))) folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
