using System.Diagnostics;

namespace CrankMailer.Tests.Mail;

/// <summary>The shared test data, which lies outside the repository; tests that need it skip where it is absent.</summary>
internal static class Corpora
{
    private static readonly string Root = Find();

    public static string Folder => Root;

    public static string Get(params string[] path)
    {
        var full = Path.Combine([Root, .. path]);
        if (!File.Exists(full) && !Directory.Exists(full)) Assert.Skip($"The corpus {string.Join('/', path)} is absent: set CRANKMAILER_CORPORA.");
        return full;
    }

    /// <summary>Runs a shared tool and returns what it printed and its exit code.</summary>
    public static async Task<(int Exit, string Output)> RunToolAsync(string tool, params string[] arguments)
    {
        var full = Get("..", "tools", tool);
        var start = new ProcessStartInfo(tool.EndsWith(".py", StringComparison.Ordinal) ? "python3" : "bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(full);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        Process process;
        try { process = Process.Start(start) ?? throw new InvalidOperationException(); }
        catch (System.ComponentModel.Win32Exception) { Assert.Skip($"{start.FileName} is absent."); throw; }
        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output + errors);
        }
    }

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("CRANKMAILER_CORPORA") is { Length: > 0 } set)
            return Path.IsPathRooted(set) ? set : Path.Combine(SolutionFolder(), set);
        return Path.Combine(SolutionFolder(), "..", "shared", "corpora");
    }

    private static string SolutionFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CrankMailer.sln"))) folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
