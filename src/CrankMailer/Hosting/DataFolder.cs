namespace CrankMailer.Hosting;

/// <summary>The folder of design §7: <c>--data</c>, else CRANKMAILER_DATA, else the platform's local application data folder.</summary>
internal sealed class DataFolder(string path)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string DatabaseFile => System.IO.Path.Combine(Path, "crankmailer.db");

    public string LockFile => System.IO.Path.Combine(Path, "serve.lock");

    /// <summary>Mirrors the database's installation id and send epoch (design §3).</summary>
    public string InstallationFile => System.IO.Path.Combine(Path, "installation.json");

    public string Backups => System.IO.Path.Combine(Path, "backups");

    public static DataFolder Resolve(string? option)
    {
        var path = option
            ?? Environment.GetEnvironmentVariable("CRANKMAILER_DATA")
            ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "crankmailer");
        return new DataFolder(path);
    }

    /// <summary>A new folder that nobody else uses; the demonstration deletes it at its end.</summary>
    public static DataFolder ThrowAway() => new(Directory.CreateTempSubdirectory("crankmailer-demo-").FullName);

    /// <summary>Only its owner may look inside: it holds readers' addresses and the keys of all mailed links.</summary>
    public void Create()
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(Path)) Directory.CreateDirectory(Path);
        else Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
