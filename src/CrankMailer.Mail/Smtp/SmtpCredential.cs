namespace CrankMailer.Mail.Smtp;

/// <summary>The log-in at a relay. Its text form holds no secret.</summary>
public abstract record SmtpCredential
{
    private SmtpCredential(string user) => User = user;

    public string User { get; }

    public sealed override string ToString() => "SmtpCredential (masked)";

    /// <summary>By AUTH PLAIN, or LOGIN where that is not to be had.</summary>
    public sealed record Password(string Name, string Secret) : SmtpCredential(Name);

    /// <summary>By XOAUTH2, with an access token.</summary>
    /// <param name="Token">Asked at every log-in, so that a token that ran out is not the client's concern. True asks for a fresh
    /// one: the server did not take the one before.</param>
    public sealed record Bearer(string Name, Func<bool, CancellationToken, ValueTask<BearerToken>> Token) : SmtpCredential(Name);
}
