using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace CrankMailer.Mail.Smtp;

/// <summary>Whether the certificate a server shows is good for the host we mean (R62), and if not, why, in words an operator can act upon.</summary>
internal sealed class CertificateCheck(SmtpEndpoint endpoint)
{
    /// <summary>Names told of a certificate; a few say which server it is.</summary>
    private const int MostNames = 5;

    /// <summary>The name goes out as SNI, too: one address may serve many.</summary>
    public SslClientAuthenticationOptions Options => new()
    {
        TargetHost = endpoint.Host,
        CertificateChainPolicy = endpoint.Authorities.Count == 0 ? null : Trusting(endpoint.Authorities),
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Accepts(certificate, chain, errors),
    };

    /// <summary>Null where nothing is wrong, or no certificate has come.</summary>
    public string? Problem { get; private set; }

    private bool Accepts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        Problem = Tell(certificate as X509Certificate2, chain, errors);
        return endpoint.AllowUntrustedCertificate;
    }

    private string Tell(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null) return $"{endpoint.Host} shows no certificate.";
        var wrong = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) wrong.Add($"it is for {string.Join(", ", NamesOf(certificate))}, not for {endpoint.Host}");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)) wrong.AddRange(chain is null ? ["it cannot be checked"] : ChainProblems(certificate, chain).Distinct());
        return $"The certificate of {endpoint.Host} is not taken: {string.Join("; ", wrong)}.";
    }

    private static IEnumerable<string> ChainProblems(X509Certificate2 certificate, X509Chain chain)
    {
        foreach (var element in chain.ChainElements)
        {
            var whose = element.Certificate.Thumbprint == certificate.Thumbprint ? "it" : $"that of its authority {element.Certificate.GetNameInfo(X509NameType.SimpleName, false)}";
            foreach (var status in element.ChainElementStatus)
                yield return status.Status switch
                {
                    X509ChainStatusFlags.NotTimeValid => string.Create(CultureInfo.InvariantCulture,
                        $"{whose} is valid from {element.Certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} to {element.Certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC, not now"),
                    X509ChainStatusFlags.UntrustedRoot when element.Certificate.Subject == certificate.Subject => "it is signed by itself, and nobody vouches for it",
                    X509ChainStatusFlags.UntrustedRoot => $"its authority {element.Certificate.GetNameInfo(X509NameType.SimpleName, false)} is not trusted here",
                    X509ChainStatusFlags.PartialChain => $"its authority {certificate.GetNameInfo(X509NameType.SimpleName, true)} is not known here, or the server does not send its certificate",
                    _ => $"{whose}: {status.StatusInformation.Trim().TrimEnd('.')}",
                };
        }
    }

    private static IEnumerable<string> NamesOf(X509Certificate2 certificate)
    {
        var alternatives = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        var names = alternatives is null ? [] : alternatives.EnumerateDnsNames().Concat(alternatives.EnumerateIPAddresses().Select(address => address.ToString())).Take(MostNames).ToList();
        return names.Count > 0 ? names : [certificate.GetNameInfo(X509NameType.SimpleName, false)];
    }

    private static X509ChainPolicy Trusting(IReadOnlyList<X509Certificate2> authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        foreach (var authority in authorities) policy.CustomTrustStore.Add(authority);
        return policy;
    }
}
