using CrankMailer.Mail.Smtp;
using CrankMailer.Model;
using CrankMailer.Model.Publications;

namespace CrankMailer.Delivery.Relays;

/// <summary>What must be right in a relay's settings, before anything is tried with it. A problem's item is the field: host, port, security, …</summary>
public static class RelayRules
{
    private const int MostConnections = 64;

    /// <param name="hasSecret">Whether a password, or a refresh token or client secret, is kept or was just given.</param>
    public static IReadOnlyList<Problem> Check(RelayRow relay, bool hasSecret) =>
        [.. InCommon(relay), .. relay.Kind == RelayKind.Folder ? OfFolder(relay) : [.. OfServer(relay), .. OfLogIn(relay, hasSecret)]];

    private static IEnumerable<Problem> InCommon(RelayRow relay)
    {
        if (string.IsNullOrWhiteSpace(relay.Name)) yield return Wrong("name", "Give the relay a name: alerts and attempts are told by it.");
        if (relay.Connections is < 1 or > MostConnections) yield return Wrong("connections", $"Connections are a number from 1 to {MostConnections}; 4 is usual.");
        if (relay.MessagesPerSecond is { } rate && !(rate is > 0 and <= 100_000)) yield return Wrong("messages_per_second", "Messages a second are a number above 0, such as 10 or 0.5; leave it empty for no limit.");
    }

    private static IEnumerable<Problem> OfFolder(RelayRow relay)
    {
        if (relay.Folder is not { Length: > 0 } folder || !Path.IsPathFullyQualified(folder))
            yield return Wrong("folder", $"Write the folder's whole path, such as {(OperatingSystem.IsWindows() ? @"C:\Mail\Pickup" : "/var/spool/pickup")}.");
        else if (!Directory.Exists(folder))
            yield return Wrong("folder", $"There is no folder {folder} on this machine. Make it, and let this program write to it.");
    }

    private static IEnumerable<Problem> OfServer(RelayRow relay)
    {
        if (Uri.CheckHostName(relay.Host) == UriHostNameType.Unknown) yield return Wrong("host", "Write the relay's host name, such as smtp.example.org, or its address.");
        if (relay.Port is < 1 or > 65535) yield return Wrong("port", "A port is a number from 1 to 65535; 587 and 465 are usual.");
        if (relay.MessagesPerConnection is < 1 or > 100_000) yield return Wrong("messages_per_connection", "Messages over one connection are a number from 1 to 100000; 100 is usual.");
        if (relay.HelloName is { } name && !SmtpEndpoint.IsHeloName(name)) yield return Wrong("hello_name", "Write our own full host name, such as mail.example.org, as the DNS knows it, or our address in brackets; leave it empty for this machine's name.");
        if (Problem(() => RelayEndpoints.ReadAuthorities(relay.Authorities)) is { } unread) yield return Wrong("authorities", unread);
    }

    private static IEnumerable<Problem> OfLogIn(RelayRow relay, bool hasSecret)
    {
        if (relay.UserName is not null && relay.Security is RelaySecurity.None) yield return Wrong("security", "A password must not travel unencrypted: choose an encrypted connection.");
        if (relay.TokenUrl is null)
        {
            if (relay.UserName is null == hasSecret) yield return Wrong(hasSecret ? "user" : "password", "User name and password go together: write both or none.");
            if (relay.ClientId is not null || relay.TokenScope is not null) yield return Wrong("token_url", "Write the web address that gives out access tokens, or leave all fields of access tokens empty.");
            yield break;
        }
        if (!Uri.TryCreate(relay.TokenUrl, UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
            yield return Wrong("token_url", "Write the https address that gives out access tokens; the mail provider's manual tells it.");
        if (relay.UserName is null) yield return Wrong("user", "Write the mailbox the access token is for.");
        if (relay.ClientId is null) yield return Wrong("client_id", "Write the client's id, as the provider shows it where this program is registered.");
        if (!hasSecret) yield return Wrong("client_secret", "Write a client secret, a refresh token, or both: without one no access token is given out.");
    }

    private static string? Problem(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    private static Problem Wrong(string field, string text) => new(Severity.Error, "", text, Item: field);
}
