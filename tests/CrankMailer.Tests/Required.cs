using System.Diagnostics.CodeAnalysis;

namespace CrankMailer.Tests;

/// <summary>What a test needs from the machine. Skips loudly where it is absent; in CI (CRANKMAILER_CI=1) its absence fails, corpora apart.</summary>
public static class Required
{
    private static bool InCi => Environment.GetEnvironmentVariable("CRANKMAILER_CI") == "1";

    [DoesNotReturn]
    public static void Missing(string what)
    {
        if (InCi) Assert.Fail($"{what} is not installed, and in CI nothing may be skipped. tests/run.sh installs it.");
        Assert.Skip($"{what} is not installed here.");
        throw new InvalidOperationException(); // Assert.Skip does not return; the compiler does not know
    }

    /// <summary>A file or folder of the corpora: CRANKMAILER_CORPORA, relative to the solution's folder, default ../shared/corpora.</summary>
    public static string Corpus(params string[] path)
    {
        var full = Path.Combine([Corpora, .. path]);
        if (!Path.Exists(full)) Assert.Skip($"The corpus {full} is absent (CRANKMAILER_CORPORA).");
        return full;
    }

    /// <summary>An independent checker: beside the corpora, in ../tools.</summary>
    public static string Tool(string name)
    {
        var full = Path.GetFullPath(Path.Combine(Corpora, "..", "tools", name));
        if (!File.Exists(full)) Assert.Skip($"The tool {full} is absent (beside CRANKMAILER_CORPORA).");
        return full;
    }

    /// <summary>The solution's folder.</summary>
    public static string Solution { get; } = FindSolution();

    private static string Corpora =>
        Path.GetFullPath(Path.Combine(Solution, Environment.GetEnvironmentVariable("CRANKMAILER_CORPORA") ?? "../shared/corpora"));

    private static string FindSolution()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CrankMailer.sln"))) return folder.FullName;
        throw new InvalidOperationException("CrankMailer.sln is in no folder above the tests.");
    }
}
