namespace CrankMailer.Model.Issues;

/// <summary>A picture by its content: served at <c>/m/{sha256}.{ext}</c>, can never change.</summary>
public sealed class Picture
{
    /// <summary>Lower-case hex of the SHA-256 of <see cref="Bytes"/>; the key.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary><c>png</c>, <c>jpg</c> or <c>gif</c> (R128).</summary>
    public string Extension { get; set; } = "";

    /// <summary>Pixels.</summary>
    public int Width { get; set; }
    public int Height { get; set; }
    public byte[] Bytes { get; set; } = [];
    public DateTimeOffset CreatedAt { get; set; }
}
