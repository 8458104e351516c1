namespace CrankMailer.Mail.Smtp;

/// <summary>The log-in at a relay. Its text form does not hold the password.</summary>
public sealed record SmtpCredential(string User, string Password)
{
    public override string ToString() => "SmtpCredential (masked)";
}
