using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace CrankMailer.Mail.Dkim;

/// <summary>A key record (RFC 6376 3.6.1), read and checked.</summary>
internal sealed class DkimPublicKey
{
    /// <summary>A longer one would let a stranger buy much of our time with one record.</summary>
    private const int MaxRsaBits = 8192;

    private readonly DkimAlgorithm algorithm;
    private readonly byte[] key;

    private DkimPublicKey(DkimAlgorithm algorithm, byte[] key) => (this.algorithm, this.key) = (algorithm, key);

    /// <summary>t=y: the signer only tries it out.</summary>
    public bool IsTesting { get; private init; }

    /// <summary>The key of a signature, where the record may be used for it.</summary>
    public static bool TryParse(string record, DkimSignature signature, [NotNullWhen(true)] out DkimPublicKey? made, [NotNullWhen(false)] out string? problem)
    {
        made = null;
        problem = "The key record is malformed.";
        if (DkimTags.Parse(record) is not { } tags) return false;
        problem = FindProblem(tags, signature.Algorithm, out var key);
        if (problem is not null) return false;
        var flags = (tags.FindCompact("t") ?? "").Split(':');
        if (flags.Contains("s") && !signature.IdentityDomain.Equals(signature.Domain, StringComparison.OrdinalIgnoreCase))
        {
            problem = "The key may not sign for subdomains (t=s), and i= names one.";
            return false;
        }
        made = new DkimPublicKey(signature.Algorithm, key) { IsTesting = flags.Contains("y") };
        return true;
    }

    public bool Verify(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        if (algorithm == DkimAlgorithm.Ed25519Sha256) return LibCrypto.Verify(key, digest, signature);
        using var rsa = RSA.Create();
        Import(rsa, key);
        return rsa.VerifyHash(digest, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static string? FindProblem(DkimTags tags, DkimAlgorithm wanted, out byte[] key)
    {
        key = [];
        if (tags.Find("v") is { } version && version != "DKIM1") return "The key record has another version than DKIM1.";
        var type = tags.Find("k") ?? "rsa";
        if (type != (wanted == DkimAlgorithm.RsaSha256 ? "rsa" : "ed25519")) return $"The key record holds a key of type {type}, which does not fit the signature.";
        if (tags.FindCompact("h") is { } hashes && !hashes.Split(':').Contains("sha256")) return "The key record does not allow sha256.";
        if (tags.FindCompact("s") is { } services && !services.Split(':').Any(service => service is "*" or "email")) return "The key record is not for e-mail.";
        if (tags.FindCompact("p") is "") return "The key was revoked (empty p=).";
        if (!tags.TryGetBase64("p", out var bytes)) return "The key record has no readable p=.";
        key = bytes;
        return wanted == DkimAlgorithm.RsaSha256 ? FindRsaProblem(bytes) : bytes.Length == 32 ? null : "An ed25519 key has 32 octets.";
    }

    private static string? FindRsaProblem(byte[] key)
    {
        using var rsa = RSA.Create();
        try { Import(rsa, key); }
        catch (CryptographicException) { return "The key record holds no RSA key."; }
        // RFC 8301 3.2: shorter keys must not be taken for valid, and longer ones than 4096 need not be.
        return rsa.KeySize is >= DkimKey.MinRsaBits and <= MaxRsaBits ? null : $"The RSA key has {rsa.KeySize} bits; {DkimKey.MinRsaBits} to {MaxRsaBits} are taken.";
    }

    /// <summary>SubjectPublicKeyInfo by the letter of RFC 6376; bare RSAPublicKey by its erratum and by real records.</summary>
    private static void Import(RSA rsa, byte[] key)
    {
        try { rsa.ImportSubjectPublicKeyInfo(key, out _); }
        catch (CryptographicException) { rsa.ImportRSAPublicKey(key, out _); }
    }
}
