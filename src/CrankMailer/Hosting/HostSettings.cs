namespace CrankMailer.Hosting;

/// <summary>What kind of process this is.</summary>
internal enum HostMode { Serve, Worker, Demo }

/// <summary>What a command line decides about a process; all else comes from appsettings.json, the environment and the database.</summary>
internal sealed record HostSettings
{
    public HostMode Mode { get; init; }

    /// <summary>Holds the SQLite file, its lock and backups. On PostgreSQL only cache.</summary>
    public required DataFolder Data { get; init; }

    /// <summary>Addresses to listen on, parted by semicolons.</summary>
    public string Urls { get; init; } = "http://localhost:5080";

    /// <summary>Folder of themes, mails and pages; the one beside the program where null.</summary>
    public string? Templates { get; init; }

    /// <summary>Serves pages and the API.</summary>
    public bool Web { get; init; } = true;

    /// <summary>Sends and runs jobs.</summary>
    public bool Jobs { get; init; } = true;

    /// <summary>Forces capture mode (design §3).</summary>
    public bool Capture { get; init; }

    /// <summary>Extra configuration that goes before all other: tests set a connection string with it.</summary>
    public IReadOnlyDictionary<string, string?> Overrides { get; init; } = new Dictionary<string, string?>();
}
