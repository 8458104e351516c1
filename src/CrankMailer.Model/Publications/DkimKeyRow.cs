namespace CrankMailer.Model.Publications;

/// <summary>A signing key of a publication (R30, R36). Two at once while a selector is being changed.</summary>
public sealed class DkimKeyRow
{
    public int Id { get; set; }
    public int PublicationId { get; set; }

    /// <summary>The d= domain.</summary>
    public string Domain { get; set; } = "";
    public string Selector { get; set; } = "";

    /// <summary><c>rsa-sha256</c> or <c>ed25519-sha256</c>.</summary>
    public string Algorithm { get; set; } = "rsa-sha256";

    /// <summary>PKCS#8, wrapped by data protection.</summary>
    public byte[] PrivateKey { get; set; } = [];

    /// <summary>The TXT record to publish at <c>selector._domainkey.domain</c>.</summary>
    public string DnsRecord { get; set; } = "";
    public bool Active { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}
