using System.Security.Authentication;

namespace CrankMailer.Mail.Smtp;

/// <summary>The certificate of a server is not good enough; the message is for the operator.</summary>
internal sealed class CertificateRefusedException(string message, Exception inner) : AuthenticationException(message, inner);
