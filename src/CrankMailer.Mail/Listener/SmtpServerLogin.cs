using System.Text;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Mail.Listener;

/// <summary>AUTH PLAIN and LOGIN as a server (RFC 4954).</summary>
internal sealed class SmtpServerLogin(SmtpListenerOptions options, SmtpServerWire wire)
{
    /// <summary>Null before the log-in.</summary>
    public string? User { get; private set; }

    public bool IsOffered => options.Authenticate is not null && (wire.IsEncrypted || options.AuthWithoutTls);

    public async Task<SmtpReply> RunAsync(string argument, bool greeted)
    {
        if (!greeted || User is not null) return new SmtpReply(503, "5.5.1 Not now");
        if (options.Authenticate is not { } authenticate) return new SmtpReply(502, "5.5.1 AUTH is not offered");
        if (!IsOffered) return new SmtpReply(538, "5.7.11 Encrypt first");
        var words = argument.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var initial = words.Length > 1 ? words[1] : null;
        var given = (words.Length == 0 ? "" : words[0].ToUpperInvariant()) switch
        {
            "PLAIN" => Plain(initial ?? await AskAsync("")),
            "LOGIN" => (Decode(initial ?? await AskAsync("VXNlcm5hbWU6")), Decode(await AskAsync("UGFzc3dvcmQ6"))),
            _ => ((string?)"*", null),
        };
        if (given is ("*", null)) return new SmtpReply(504, "5.5.4 Mechanism unknown");
        if (given is not ({ } user, { } password)) return new SmtpReply(501, "5.5.2 Cannot read that");
        if (!authenticate(user, password)) return new SmtpReply(535, "5.7.8 User or password is wrong");
        User = user;
        return new SmtpReply(235, "2.7.0 Welcome");
    }

    private async Task<string> AskAsync(string challenge)
    {
        wire.Reply(new SmtpReply(334, challenge));
        return await wire.ReadLineAsync() ?? throw new EndOfStreamException("The client closed while logging in.");
    }

    private static (string? User, string? Password) Plain(string encoded) =>
        Decode(encoded)?.Split('\0') is [_, var user, var password] ? (user, password) : (null, null);

    private static string? Decode(string encoded)
    {
        var octets = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, octets, out var length) ? Encoding.UTF8.GetString(octets.AsSpan(0, length)) : null;
    }
}
