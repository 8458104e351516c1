namespace CrankMailer.Model.Issues;

/// <summary>One issue rendered and frozen. What was approved is what is sent, byte for byte but for the personal holes. Never changed.</summary>
public sealed class Edition
{
    public int Id { get; set; }
    public int PublicationId { get; set; }
    public int IssueId { get; set; }

    /// <summary>The revision it was rendered from.</summary>
    public int Revision { get; set; }
    public string Lang { get; set; } = "en";

    /// <summary>As <see cref="Html"/>: personal holes stand in it as Scriban code.</summary>
    public string Subject { get; set; } = "";
    public string Preheader { get; set; } = "";

    /// <summary>Phase-1 output: personal holes stand in it as Scriban code (design §4).</summary>
    public string Html { get; set; } = "";
    public string Text { get; set; } = "";
    public string FromName { get; set; } = "";
    public string FromEmail { get; set; } = "";
    public string? ReplyTo { get; set; }
    public string PostalAddress { get; set; } = "";
    public string ThemeName { get; set; } = "";
    public string ThemeHash { get; set; } = "";

    /// <summary>The numbered links: JSON <c>[{n, url, item, publisher}]</c>. A click token names n.</summary>
    public string Links { get; set; } = "[]";

    /// <summary>Attachments and inline pictures, in their order.</summary>
    public List<EditionFile> Files { get; set; } = [];

    /// <summary>SHA-256 over all of the above and over every picture it names, lower-case hex. Approval is bound to it.</summary>
    public string Hash { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
}
