using System.Net;

namespace CrankMailer.Mail.Smtp;

/// <summary>Whom we talked to, kept for each attempt (R92).</summary>
/// <param name="Host">As configured.</param>
/// <param name="Remote">Null where no connection came about.</param>
/// <param name="TlsVersion">Such as Tls13; null where unencrypted.</param>
public sealed record SmtpSession(string Host, int Port, IPEndPoint? Remote, string? TlsVersion, string? CipherSuite);
