namespace CrankMailer.Mail.Dkim;

/// <summary>The algorithms we sign with; rsa-sha1 is none of them (RFC 8301, R30).</summary>
public enum DkimAlgorithm
{
    /// <summary>RFC 6376; what every receiver verifies.</summary>
    RsaSha256,

    /// <summary>RFC 8463; only as a second signature (R31).</summary>
    Ed25519Sha256,
}
