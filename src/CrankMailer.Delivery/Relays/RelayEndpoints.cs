using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model.Publications;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery.Relays;

/// <summary>What the SMTP client is told of a relay: the pump and whoever only tries the relay are told the same, and share its access tokens.</summary>
public sealed class RelayEndpoints : IDisposable
{
    private readonly ConcurrentDictionary<TokenGrant, RelayTokens> _tokens = new();
    private readonly PublicationSecrets _secrets;
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = 64 * 1024,
    };

    internal RelayEndpoints(PublicationSecrets secrets, IOptions<DeliveryOptions> options, TimeProvider clock) => (_secrets, _options, _clock) = (secrets, options.Value, clock);

    /// <exception cref="ArgumentException">The row holds what cannot be used; the message says what.</exception>
    /// <exception cref="CryptographicException">Its secrets were wrapped by another installation.</exception>
    public SmtpEndpoint Of(RelayRow row) => new()
    {
        Host = row.Host, Port = row.Port, HeloName = row.HelloName ?? OwnName(), Timeouts = _options.Timeouts,
        Security = row.Security switch
        {
            RelaySecurity.None => SmtpSecurity.None,
            RelaySecurity.Opportunistic => SmtpSecurity.Opportunistic,
            RelaySecurity.Implicit => SmtpSecurity.Implicit,
            _ => SmtpSecurity.Required,
        },
        AllowUntrustedCertificate = row.AnyCertificate,
        Authorities = ReadAuthorities(row.Authorities),
        Credential = CredentialOf(row),
    };

    /// <summary>Certificates in PEM, one behind the other.</summary>
    /// <exception cref="ArgumentException">There is none, or one cannot be read.</exception>
    public static IReadOnlyList<X509Certificate2> ReadAuthorities(string? pem)
    {
        if (string.IsNullOrWhiteSpace(pem)) return [];
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new ArgumentException($"The certificate of the relay's authority cannot be read: {e.Message}", e);
        }
        return certificates.Count > 0 ? [.. certificates] : throw new ArgumentException("The certificate of the relay's authority is no PEM: it begins with -----BEGIN CERTIFICATE-----.");
    }

    public void Dispose() => _http.Dispose();

    private SmtpCredential? CredentialOf(RelayRow row)
    {
        if (row.UserName is not { } user) return null;
        if (row.TokenUrl is not { } url) return _secrets.UnwrapPassword(row) is { } password ? new SmtpCredential.Password(user, password) : null;
        var address = Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed : throw new ArgumentException("The address that gives out access tokens is no web address.");
        var grant = new TokenGrant(address, row.ClientId ?? "", _secrets.UnwrapClientSecret(row), _secrets.UnwrapPassword(row), row.TokenScope);
        return new SmtpCredential.Bearer(user, _tokens.GetOrAdd(grant, g => new RelayTokens(_http, g, _clock)).GetAsync);
    }

    /// <summary>A machine's name may hold what a host name may not (an underscore); then the address literal of RFC 5321 4.1.3 says as little and is valid.</summary>
    private static string OwnName()
    {
        var name = Dns.GetHostName().ToLowerInvariant();
        return Uri.CheckHostName(name) == UriHostNameType.Dns && !name.Contains('_') ? name : "[127.0.0.1]";
    }
}
