namespace CrankMailer.Model.Publications;

/// <summary>A signing key of a publication (R30, R36). New ones wait for their record to be published; one of each algorithm is active;
/// retired ones sign no more, but their record must stay while mail they signed is on its way.</summary>
public sealed class DkimKeyRow
{
    public const string Rsa = "rsa-sha256";
    public const string Ed25519 = "ed25519-sha256";

    public int Id { get; set; }
    public int PublicationId { get; set; }

    /// <summary>The d= domain.</summary>
    public string Domain { get; set; } = "";
    public string Selector { get; set; } = "";

    /// <summary><see cref="Rsa"/> or <see cref="Ed25519"/>.</summary>
    public string Algorithm { get; set; } = Rsa;

    /// <summary>PKCS#8, wrapped by data protection.</summary>
    public byte[] PrivateKey { get; set; } = [];

    /// <summary>The TXT record to publish at <c>selector._domainkey.domain</c>.</summary>
    public string DnsRecord { get; set; } = "";
    public bool Active { get; set; }

    /// <summary>When it stopped signing; null for one that is active or was never used.</summary>
    public DateTimeOffset? RetiredAt { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}
