using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CrankMailer.Tests.Mail;

internal static class TestCertificate
{
    /// <summary>Self-signed for relay.test, with its key, one day long.</summary>
    public static X509Certificate2 Make()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=relay.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
