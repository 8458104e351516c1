using System.Net;

namespace CrankMailer.Mail.Listener;

/// <summary>Who talks to the listener.</summary>
/// <param name="Helo">The name it gave itself; not checked.</param>
/// <param name="IsEncrypted">Whether TLS is on.</param>
/// <param name="User">As logged in; null without AUTH.</param>
public sealed record SmtpPeer(IPEndPoint Remote, string Helo, bool IsEncrypted, string? User);
