using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CrankMailer.Tests.Mail;

internal static class TestCertificate
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    /// <summary>Self-signed for relay.test, with its key, good for a day; for all tests that only need one.</summary>
    public static X509Certificate2 Shared { get; } = Make();

    /// <summary>An authority nobody knows.</summary>
    public static X509Certificate2 Authority { get; } = MakeAuthority();

    public static X509Certificate2 Make(string name = "relay.test")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = RequestFor(name, key).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
        return Usable(made);
    }

    /// <summary>Vouched for by <see cref="Authority"/>.</summary>
    public static X509Certificate2 Issue(string name, int fromDay = -1, int toDay = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = RequestFor(name, key).Create(Authority, Now.AddDays(fromDay), Now.AddDays(toDay), [1, 2, 3, (byte)name.Length]);
        using var withKey = issued.CopyWithPrivateKey(key);
        return Usable(withKey);
    }

    private static CertificateRequest RequestFor(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address)) names.AddIpAddress(address);
        else names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    private static X509Certificate2 MakeAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test Authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var made = request.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
        return Usable(made);
    }

    /// <summary>As a file would give it: a TLS server on Windows takes no key that lives in memory only.</summary>
    private static X509Certificate2 Usable(X509Certificate2 made) => X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
}
