namespace CrankMailer.Model.Issues;

/// <summary>A file that goes out with an edition's mail. Frozen with it: its name and content are part of the edition's hash.</summary>
public sealed class EditionFile
{
    public int Id { get; set; }
    public int EditionId { get; set; }

    /// <summary>Order in the mail, from 0.</summary>
    public int Position { get; set; }

    /// <summary>A picture that the HTML shows by <c>cid:</c> (R22); else an attachment.</summary>
    public bool Inline { get; set; }

    /// <summary>The file's name; of an inline picture the content id, without angle brackets.</summary>
    public string Name { get; set; } = "";

    /// <summary>Such as <c>application/pdf</c>. A text file must be UTF-8 (R19).</summary>
    public string MediaType { get; set; } = "application/octet-stream";
    public byte[] Bytes { get; set; } = [];
}
