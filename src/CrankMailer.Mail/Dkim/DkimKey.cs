using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace CrankMailer.Mail.Dkim;

/// <summary>A private key and the DNS record of its public half. For any number of threads at once. The key material leaves
/// it only by <see cref="ToPem"/>; ToString says nothing of it (R36).</summary>
public sealed class DkimKey
{
    /// <summary>R30: shorter ones are refused by receivers.</summary>
    public const int MinRsaBits = 1024;

    /// <summary>RFC 8301 3.2 asks verifiers for no more.</summary>
    public const int MaxRsaBits = 4096;

    internal const int MaxSignatureOctets = MaxRsaBits / 8;

    /// <summary>PKCS#8 of an ed25519 key is these octets and the 32 of the seed (RFC 8410).</summary>
    private static readonly byte[] Ed25519Prefix = Convert.FromHexString("302e020100300506032b657004220420");

    /// <summary>An RSA object is not promised to be safe for several threads; a few, reused, are.</summary>
    private readonly ConcurrentBag<RSA> idle = [];

    private readonly byte[] pkcs8;

    private DkimKey(DkimAlgorithm algorithm, byte[] pkcs8, byte[] publicKey) =>
        (Algorithm, this.pkcs8, PublicKey) = (algorithm, pkcs8, publicKey);

    public DkimAlgorithm Algorithm { get; }

    /// <summary>As in p= of the record: SubjectPublicKeyInfo for RSA, the bare 32 octets for ed25519 (RFC 8463 4).</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>The TXT value to publish at SELECTOR._domainkey.DOMAIN.</summary>
    public string DnsRecord => $"v=DKIM1; k={(Algorithm == DkimAlgorithm.RsaSha256 ? "rsa" : "ed25519")}; p={Convert.ToBase64String(PublicKey.Span)}";

    /// <summary>The same in strings of at most 255 octets, as zone files want it (RFC 6376 3.6.2.2).</summary>
    public IReadOnlyList<string> DnsStrings => [.. DnsRecord.Chunk(255).Select(chars => new string(chars))];

    /// <summary>Ed25519 needs libcrypto of OpenSSL 3; where it is absent only RSA can be used.</summary>
    public static bool IsSupported(DkimAlgorithm algorithm) => algorithm == DkimAlgorithm.RsaSha256 || LibCrypto.IsAvailable;

    /// <param name="rsaBits">1024 to 4096; 2048 is what receivers like best (R30). Ed25519 has one size only.</param>
    public static DkimKey Generate(DkimAlgorithm algorithm, int rsaBits = 2048)
    {
        if (algorithm == DkimAlgorithm.Ed25519Sha256) return FromPkcs8([.. Ed25519Prefix, .. RandomNumberGenerator.GetBytes(32)]);
        ArgumentOutOfRangeException.ThrowIfLessThan(rsaBits, MinRsaBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rsaBits, MaxRsaBits);
        using var rsa = RSA.Create(rsaBits);
        return FromPkcs8(rsa.ExportPkcs8PrivateKey());
    }

    /// <summary>PKCS#8 or PKCS#1, unencrypted.</summary>
    /// <exception cref="FormatException">The text holds no usable key; the message says why.</exception>
    public static DkimKey FromPem(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields)) throw new FormatException("There is no PEM block. A private key begins with -----BEGIN PRIVATE KEY-----.");
        var der = Convert.FromBase64String(pem[fields.Base64Data]);
        try
        {
            if (pem[fields.Label] == "PRIVATE KEY") return FromPkcs8(der);
            if (pem[fields.Label] != "RSA PRIVATE KEY") throw new FormatException("The PEM block is no unencrypted private key.");
            using var rsa = RSA.Create();
            rsa.ImportRSAPrivateKey(der, out _);
            return FromPkcs8(rsa.ExportPkcs8PrivateKey());
        }
        catch (CryptographicException)
        {
            throw new FormatException("The private key is neither RSA nor ed25519, or is damaged.");
        }
    }

    public string ToPem() => PemEncoding.WriteString("PRIVATE KEY", pkcs8);

    public override string ToString() => $"{Algorithm}";

    /// <summary>Signs a SHA-256 digest and returns the octets of the signature.</summary>
    internal int Sign(ReadOnlySpan<byte> digest, Span<byte> signature)
    {
        // RFC 8463 3: PureEdDSA over the SHA-256 digest.
        if (Algorithm == DkimAlgorithm.Ed25519Sha256) return LibCrypto.Sign(pkcs8.AsSpan(^32..), digest, signature);
        if (!idle.TryTake(out var rsa))
        {
            rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        }
        var length = rsa.SignHash(digest, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        idle.Add(rsa);
        return length;
    }

    private static DkimKey FromPkcs8(byte[] pkcs8)
    {
        if (pkcs8.AsSpan().StartsWith(Ed25519Prefix) && pkcs8.Length == Ed25519Prefix.Length + 32)
        {
            if (!LibCrypto.IsAvailable) throw new FormatException("An ed25519 key needs OpenSSL 3, which is not installed here. Use an RSA key.");
            return new DkimKey(DkimAlgorithm.Ed25519Sha256, pkcs8, LibCrypto.PublicKeyOf(pkcs8.AsSpan(^32..)));
        }
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        if (rsa.KeySize is < MinRsaBits or > MaxRsaBits) throw new FormatException($"An RSA key for DKIM has {MinRsaBits} to {MaxRsaBits} bits; this one has {rsa.KeySize}.");
        return new DkimKey(DkimAlgorithm.RsaSha256, rsa.ExportPkcs8PrivateKey(), rsa.ExportSubjectPublicKeyInfo());
    }
}
