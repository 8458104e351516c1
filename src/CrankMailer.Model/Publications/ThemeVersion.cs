namespace CrankMailer.Model.Publications;

/// <summary>A theme as it was at one moment: its files by path. An edition names the version it was rendered with.</summary>
public sealed class ThemeVersion
{
    public int Id { get; set; }
    public string Name { get; set; } = "";

    /// <summary>SHA-256 over paths and contents, lower-case hex. Unique with the name.</summary>
    public string Hash { get; set; } = "";

    /// <summary>A zip of the theme's folder.</summary>
    public byte[] Files { get; set; } = [];
    public DateTimeOffset InstalledAt { get; set; }
    public bool Current { get; set; }
}
