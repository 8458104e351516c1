using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace CrankMailer.Mail.Listener;

/// <summary>How an SMTP listener behaves. The limits hold whatever a client does.</summary>
public sealed record SmtpListenerOptions
{
    /// <summary>Loopback by default: a listener open to the world is a decision.</summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Our name in greeting and EHLO.</summary>
    public string HostName { get; init; } = "localhost";

    /// <summary>Octets; announced as SIZE, larger messages get 552.</summary>
    public int MaxMessageOctets { get; init; } = 32 * 1024 * 1024;

    /// <summary>At once; more get 421.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>At once from one address, so that one client cannot take all; more get 421.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 200;

    public int MaxRecipients { get; init; } = 100;

    /// <summary>Messages a session, announced as LIMITS MAILMAX (RFC 9422).</summary>
    public int MaxMessages { get; init; } = 10_000;

    /// <summary>Then the session ends with 421: nobody honest errs so often.</summary>
    public int MaxErrors { get; init; } = 20;

    /// <summary>Commands that bring no message nearer (NOOP, RSET, VRFY, EHLO), between two messages; then 421: else they would hold a connection for ever.</summary>
    public int MaxIdleCommands { get; init; } = 100;

    /// <summary>Waiting for a command or a piece of a body. RFC 5321 4.5.3.2.7 says 5 minutes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>One whole body: a drip of one octet a minute must not hold a connection for ever.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>With private key; then STARTTLS is offered.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>User and password → may log in. Then AUTH is offered, and nobody sends without it.</summary>
    public Func<string, string, bool>? Authenticate { get; init; }

    /// <summary>Takes passwords over an unencrypted connection; for tests.</summary>
    public bool AuthWithoutTls { get; init; }
}
