using System.Net;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model.Publications;

namespace CrankMailer.Delivery.Relays;

/// <summary>What the SMTP client is told of a relay: the pump and whoever only tries the relay are told the same.</summary>
public static class RelayEndpoint
{
    public static SmtpEndpoint Of(RelayRow row, PublicationSecrets secrets) => new()
    {
        Host = row.Host, Port = row.Port, HeloName = row.HelloName ?? OwnName(),
        Security = row.Security switch
        {
            RelaySecurity.None => SmtpSecurity.None,
            RelaySecurity.Opportunistic => SmtpSecurity.Opportunistic,
            RelaySecurity.Implicit => SmtpSecurity.Implicit,
            _ => SmtpSecurity.Required,
        },
        Credential = row.UserName is { } user && secrets.UnwrapPassword(row) is { } password ? new SmtpCredential.Password(user, password) : null,
    };

    /// <summary>A machine's name may hold what a host name may not (an underscore); then the address literal of RFC 5321 4.1.3 says as little and is valid.</summary>
    private static string OwnName()
    {
        var name = Dns.GetHostName().ToLowerInvariant();
        return Uri.CheckHostName(name) == UriHostNameType.Dns && !name.Contains('_') ? name : "[127.0.0.1]";
    }
}
